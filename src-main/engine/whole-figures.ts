/** A distilled pass as the mission layer hears of it. */
import type { Distillation } from '../domain/model/report'
import type { ClassicalChannel } from './channel/classical-channel'
import type { PartyFigures } from './party-start'

/** The parties' figures with what only the engine knows: the channel's traffic and the seconds flown open. */
export function wholeFigures(
  figures: PartyFigures,
  {
    messages,
    bytes,
    roundTrips,
    conditions,
  }: Pick<ClassicalChannel, 'messages' | 'bytes' | 'roundTrips' | 'conditions'>,
  exchange_s: number,
  pulse_rate_Hz: number,
): Distillation {
  const channel = { messages, channel_bytes: bytes, round_trips: roundTrips }
  const waiting_s = conditions.waited('parity-request', 'parities', 'reconciled')
  const reconciliation = { ...figures.reconciliation, waiting_s }
  const pulses_sent = Math.round(pulse_rate_Hz * exchange_s)
  return { ...figures, ...channel, reconciliation, exchange_s, pulses_sent }
}
