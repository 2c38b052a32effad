/**
 * The receiver's bias monitor in one slot: what the counted clicks draw, the amplifier's noise of 0.01 uA (1 sigma,
 * assumption), and the blinding light's current when there was any. Model and limits: domain/link/bias-monitor.ts.
 */
import { blindedCurrent_uA, countingCurrent_uA } from '../../domain/link/bias-monitor'
import type { ReceiverMonitor } from '../../domain/model/tags'
import type { Receiver } from '../../domain/model/station'
import type { SlotDraw } from './slot-draw'

const AMPLIFIER_NOISE_UA = 0.01

/**
 * Highest reading of a slot.
 * @param clicks tags of the detectors in it.
 */
export function monitorReading(
  receiver: Receiver,
  draw: Pick<SlotDraw, 'blinded' | 'monitor' | 'duration_s'>,
  clicks: number,
): ReceiverMonitor {
  const counting = countingCurrent_uA(clicks / draw.duration_s)
  const light = draw.blinded ? blindedCurrent_uA(receiver) : 0
  const noise = draw.monitor.gaussian() * AMPLIFIER_NOISE_UA
  return { bias_current_uA: Math.max(0, counting + light + noise) }
}
