/** The alarm of the QBER limit, for an operator who looks at another workspace; the live strip shows it as well. */
import { watch } from 'vue'
import type { TelemetryColumns } from '@domain/model/telemetry'
import { MEAN_S, total } from '../charts/pass-series'
import { formatPercent } from '../format'
import { liveMessages } from '../messages'
import { shortName } from '../place-name'
import { useContact } from '../stores/contact'
import { useProblems } from '../stores/problems'
import { useTelemetry } from '../stores/telemetry'
import { QBER_ABORT } from './limits'

/** Fewer disclosed bits prove nothing: at a QBER of 1 %, eight errors in a hundred are beyond 5 sigma. */
const LEAST_SAMPLE = 100

/** The QBER of the last ten seconds as a fraction when it passes the limit, else null. */
export function alarmingQber({ sample_bits, sample_errors }: TelemetryColumns): number | null {
  const bits = total(sample_bits.subarray(-MEAN_S))
  const qber = total(sample_errors.subarray(-MEAN_S)) / bits
  return bits >= LEAST_SAMPLE && qber >= QBER_ABORT ? qber : null
}

/** Watches the running contact; raises the alarm once a flight and withdraws it when another starts. */
export function watchQber(): () => void {
  const [contact, telemetry, problems] = [useContact(), useTelemetry(), useProblems()]
  const { live } = liveMessages
  let raised = ''
  const withdraw = (): void => {
    problems.withdraw(raised)
    raised = ''
  }
  const stopFlights = watch(
    () => contact.flying,
    (flying) => flying && withdraw(),
  )
  const stopRows = watch(
    () => telemetry.version,
    () => {
      const qber = contact.running && !raised ? alarmingQber(telemetry.columns) : null
      if (qber === null || !contact.state) return
      const { station, stationName } = contact.state
      raised = live.qberAlarm(shortName(stationName, station), formatPercent(qber))
      problems.report({ severity: 'critical', text: raised, wayOut: live.qberWayOut })
    },
  )
  return () => [stopFlights, stopRows].forEach((stop) => stop())
}
