/** The argument of each command, checked before anything is done with it. */
import { z } from 'zod'
import type { IpcCommand, IpcCommands } from '../domain/model/ipc'
import type { Mission } from '../domain/model/mission'

const nothing = z.undefined()
const name = z.string().min(1).max(1000)
const path = (ending: RegExp): z.ZodString => z.string().min(1).max(4096).regex(ending)
/** Files that a page may hand over as text; the largest public catalogues are a tenth of it. */
const text = z.string().max(100_000_000)
const imported = z.strictObject({ name: name.optional(), text: text.optional() })
const speed = z.number().min(1).max(1000)

/** Only its being an object is checked here: the mission layer names unknown fields and their cure. */
const mission = z.custom<Mission>((value) => typeof value === 'object' && value !== null, {
  error: 'must be a mission object',
})

export const ipcSchemas: { [C in IpcCommand]: z.ZodType<IpcCommands[C][0]> } = {
  'app:info': nothing,
  'mission:current': nothing,
  'mission:open': z.strictObject({ path: path(/\.json$/i).optional() }),
  'mission:openText': z.strictObject({ name, text }),
  'mission:update': z.strictObject({ mission }),
  'mission:save': z.strictObject({ saveAs: z.boolean() }),
  'mission:shipped': nothing,
  'mission:openShipped': z.strictObject({ id: name }),
  'catalogue:get': nothing,
  'catalogue:importElements': imported,
  'catalogue:importStations': imported,
  'contact:fly': z.strictObject({
    satellite: z.number().int().positive(),
    station: name.optional(),
    stations: z.tuple([name, name]).optional(),
    near_utc: name,
    speed,
    seed: z.number().int().min(0).optional(),
  }),
  'contact:control': z.union([
    z.strictObject({ action: z.enum(['hold', 'resume', 'abort']) }),
    z.strictObject({ action: z.literal('speed'), speed }),
  ]),
  'contact:state': nothing,
  'keys:status': nothing,
  'keys:unlock': z.strictObject({ passphrase: z.string().min(1).max(1000) }),
  'keys:ledger': nothing,
  'keys:relay': z.strictObject({ a: name, b: name }),
  'keys:handOn': z.strictObject({ a: name, b: name }),
  'links:exchange': nothing,
  'keys:sendPicture': z.strictObject({
    from: name,
    to: name,
    file: path(/\.(png|jpe?g|gif|webp)$/i).optional(),
  }),
  'recordings:list': nothing,
  'recordings:open': z.strictObject({ path: path(/\.mcap$/i).optional() }),
  'file:saveText': z.strictObject({ suggestedName: name, text }),
}
