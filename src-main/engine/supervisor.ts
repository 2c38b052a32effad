/** Waits for what the parties owe: one answer a second, then both ends' distillation; or the first failure. */
import type { StopLayer } from '../domain/model/report'
import type { PartyFigures, PartyReport, SlotStatus } from './party-start'
import type { EngineEvent, FlightPlan, Party } from './protocol'

type KeyEvent = Extract<EngineEvent, { kind: 'key' }>

export class Supervisor {
  /** The first reason to stop; nothing is waited for after it. */
  failure: string | null = null
  /** The layer that stopped it, whichever party noticed. */
  layer: StopLayer | undefined
  /** Keys of parties that finished; they leave the engine only when both did. */
  readonly keys: KeyEvent[] = []
  private readonly slots = new Map<number, (status: SlotStatus | null) => void>()
  private readonly figures = new Map<Party, PartyFigures>()
  private readonly erased = new Set<Party>()
  private ended: (() => void) | null = null

  constructor(
    private readonly patience_ms: number,
    private readonly onPhase: (phase: string, text: string) => void,
  ) {}

  /** Resolves with Bob's figures of a second, or null after a failure. */
  slot(slot: number, begin: () => void): Promise<SlotStatus | null> {
    return new Promise((resolve) => {
      if (this.failure) return resolve(null)
      const timer = setTimeout(
        () => this.fail(`Second ${slot} of the exchange: no answer for ${this.patience_ms} ms.`),
        this.patience_ms,
      )
      this.slots.set(slot, (status) => (clearTimeout(timer), resolve(status)))
      begin()
    })
  }

  /** Resolves when both parties have ended well and hold no key any more, or at the first failure (null). */
  distillation(): Promise<PartyFigures | null> {
    return new Promise((resolve) => {
      this.ended = () => {
        const bob = this.figures.get('bob')
        if (this.failure) resolve(null)
        else if (bob && this.figures.has('alice') && this.erased.size === 2) resolve(bob)
      }
      this.ended()
    })
  }

  /** Resolves when both parties have overwritten their key material, however they ended, or at the limit. */
  async bothErased(limit_ms: number): Promise<void> {
    const until = performance.now() + limit_ms
    while (this.erased.size < 2 && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 5))
  }

  /** Takes what a party said. */
  heard(party: Party, report: PartyReport): void {
    if (report.kind === 'slot') this.settle(report.status)
    else if (report.kind === 'phase-closed') this.onPhase(report.phase, report.text)
    else if (report.kind === 'failed') this.failed(party, report)
    else if (report.kind === 'key') this.keys.push({ ...report, party })
    else if (report.kind === 'erased') this.erased.add(party)
    else this.figures.set(party, report.figures)
    this.ended?.()
  }

  /** The party that noticed tells more than the one that was told to stop. */
  private failed(party: Party, { reason, layer }: Extract<PartyReport, { kind: 'failed' }>): void {
    if (layer && !this.layer && this.failure) this.failure = `${party}: ${reason}`
    this.layer ??= layer
    this.fail(`${party}: ${reason}`)
  }

  /** The layer worth telling: a message refused is a layer's merit only where somebody attacks. */
  layerIn({ attacks }: Pick<FlightPlan, 'attacks'>): StopLayer | undefined {
    return this.layer === 'protocol check' && attacks.length === 0 ? undefined : this.layer
  }

  /** Ends every wait; the first reason stays. */
  fail(reason: string): void {
    this.failure ??= reason
    for (const settle of this.slots.values()) settle(null)
    this.slots.clear()
    this.ended?.()
  }

  private settle(status: SlotStatus): void {
    this.slots.get(status.slot)?.(status)
    this.slots.delete(status.slot)
  }
}
