/** Oracle: the outcomes that the report names (stopLayers), each with its words and status. */
import { describe, expect, it } from 'vitest'
import type { ContactState } from '@domain/model/ipc'
import { stopLayers } from '@domain/model/report'
import { drillOfContact, drillProblem, drillShown } from './drill-state'

const contact: ContactState = {
  contactId: '1-a-20200101T000000Z',
  satellite: 1,
  satelliteName: 'S',
  station: 'a',
  stationName: 'A',
  aos_utc: '',
  tca_utc: '',
  los_utc: '',
  exchange_from_utc: '',
  exchange_to_utc: '',
  phase: 'exchange',
  phaseStarted_ms: {},
  outcome: 'running',
  speed: 1,
  seed: 1,
}
const drill: ContactState = { ...contact, attacks: ['intercept-resend'] }

describe('the band of a drill', () => {
  it('names the drill while it is flown, and is absent without one', () => {
    expect(drillOfContact(drill)).toMatchObject({
      title: 'DRILL: Intercept and resend',
      status: 'caution',
      lead: '',
    })
    expect(drillOfContact(contact)).toBeNull()
    expect(drillOfContact(null)).toBeNull()
  })

  it('names the layer that stopped it, with its sentence', () => {
    const stopped = { ...drill, outcome: 'failed', stopped_by: 'error rate' } as const
    expect(drillOfContact(stopped)).toEqual({
      title: 'DRILL: Intercept and resend',
      status: 'normal',
      lead: 'Stopped by: error rate.',
      text: stopLayers['error rate'],
    })
  })

  it('is critical when nothing can notice, and when a layer stopped what was no drill', () => {
    const unnoticed = drillShown(['relay-copies'], { not_detectable: 'no message shows it' }, true)
    expect(unnoticed).toMatchObject({ status: 'critical', text: 'no message shows it' })
    const layer = drillShown([], { stopped_by: 'authentication' }, true)
    expect(layer).toMatchObject({ status: 'critical', title: undefined })
  })
})

describe('the alarm of a drill', () => {
  it('comes with the end of a contact, never while it flies or after an abort', () => {
    expect(drillProblem(drill, 'A')).toBeNull()
    expect(drillProblem({ ...drill, outcome: 'aborted' }, 'A')).toBeNull()
    expect(drillProblem({ ...contact, outcome: 'failed' }, 'A')).toBeNull()
    const stopped: ContactState = { ...drill, outcome: 'failed', stopped_by: 'authentication' }
    expect(drillProblem(stopped, 'A')).toMatchObject({
      severity: 'caution',
      text: `Drill over A: Intercept and resend. Stopped by: authentication. ${stopLayers.authentication}`,
    })
  })
})
