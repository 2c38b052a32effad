/** Child of the kill test: records one row every 20 ms of wall clock, 100 ms of mission time, until killed. */
import { PassRecorder } from './recorder'
import { sampleHead, sampleRows } from './sample-pass'

const recorder = PassRecorder.open(process.argv[2] ?? '', sampleHead)
let row = 0
setInterval(() => {
  recorder.telemetry(sampleRows(row / 10, 1))
  row++
  process.send?.(row)
}, 20)
