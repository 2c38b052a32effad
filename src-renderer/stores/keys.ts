/** What the window knows of keys: status, ledger view, last relay, key handed on and last picture; never key bits. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Problem } from '@domain/model/alarm'
import type { KeysStatus } from '@domain/model/ipc'
import type { LedgerView, PictureUse } from '@domain/model/ledger'
import type { ForwardReport, RelayReport } from '@domain/model/report'
import { ask, listen } from '../api'
import { useProblems } from './problems'

const NOTHING: LedgerView = { rows: [], stock: [], holders: {} }

export const useKeys = defineStore('keys', () => {
  const problems = useProblems()
  const status = shallowRef<KeysStatus | null>(null)
  const view = shallowRef<LedgerView>(NOTHING)
  const lastRelay = shallowRef<RelayReport | null>(null)
  const lastForward = shallowRef<ForwardReport | null>(null)
  const lastPicture = shallowRef<PictureUse | null>(null)
  /** Why the last picture was not sent. */
  const refusal = shallowRef<string | null>(null)
  const asking = shallowRef(false)
  let waiting: ((open: boolean) => void)[] = []

  const isOpen = computed(() => status.value !== null && usable(status.value))

  async function refresh(): Promise<void> {
    const next = await problems.request('keys:status', undefined)
    if (next) await takeStatus(next)
  }

  async function takeStatus(next: KeysStatus): Promise<void> {
    status.value = next
    const ledger = usable(next) ? await problems.request('keys:ledger', undefined) : null
    view.value = ledger ?? NOTHING
  }

  /** True once the ledger is open; asks for the passphrase when it is needed. */
  async function ensureOpen(): Promise<boolean> {
    if (!status.value) await refresh()
    if (!status.value || usable(status.value)) return true
    asking.value = true
    return new Promise((resolve) => waiting.push(resolve))
  }

  function endAsking(open: boolean): void {
    asking.value = false
    waiting.forEach((resolve) => resolve(open))
    waiting = []
  }

  /** @returns the reason when the passphrase was refused, null when the ledger is open. */
  async function unlock(passphrase: string): Promise<string | null> {
    const answer = await ask('keys:unlock', { passphrase })
    if (!answer.ok) return wordsOf(answer.problem)
    await takeStatus(answer.value)
    if (usable(answer.value)) endAsking(true)
    return null
  }

  /** Relays between the stations and hands the key on to the cities; what came of it is kept. */
  async function handOn(a: string, b: string): Promise<boolean> {
    if (!(await ensureOpen())) return false
    const served = await problems.request('keys:handOn', { a, b })
    if (served) {
      lastRelay.value = served.relays.at(-1) ?? null
      lastForward.value = served.forwards.at(-1) ?? null
    }
    await refresh()
    return served !== undefined
  }

  async function relay(a: string, b: string): Promise<boolean> {
    if (!(await ensureOpen())) return false
    const report = await problems.request('keys:relay', { a, b })
    if (report) [lastRelay.value, lastForward.value] = [report, null]
    await refresh()
    return report !== undefined
  }

  /** @returns false when it was refused; the panel shows why beside the picture sent before. */
  async function sendPicture(from: string, to: string, file?: string): Promise<boolean> {
    if (!(await ensureOpen())) return false
    const answer = await ask('keys:sendPicture', file ? { from, to, file } : { from, to })
    refusal.value = answer.ok ? refusalOf(answer.value) : wordsOf(answer.problem)
    if (answer.ok && answer.value.ok) lastPicture.value = answer.value
    await refresh()
    return refusal.value === null
  }

  const start = (): (() => void) => listen('keys:changed', (next) => void takeStatus(next))

  return {
    status,
    view,
    lastRelay,
    lastForward,
    lastPicture,
    refusal,
    asking,
    isOpen,
    refresh,
    ensureOpen,
    endAsking,
    unlock,
    relay,
    handOn,
    sendPicture,
    start,
  }
})

/** Only a passphrase has to be asked for; the other ledgers open with their first use. */
const usable = (status: KeysStatus): boolean =>
  status.state === 'open' || status.protection !== 'passphrase'
const wordsOf = (problem: Problem): string => `${problem.text} ${problem.wayOut}`
const refusalOf = (use: PictureUse): string | null => (use.ok ? null : (use.reason ?? ''))
