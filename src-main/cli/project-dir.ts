/** The installation's folder: two levels above the built command line. */
import { resolve } from 'node:path'

export const projectDir = (): string => resolve(__dirname, '..', '..')
