/** The receiver's monitor says that its detectors are not in the state in which they count photons. */
export class DetectorAlarm extends Error {}
