/** The rooms' import rule read from the import statements themselves, so that a gap in the lint rules shows. */
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Room -> rooms that it may import; the arrows of ARCHITECTURE.md. */
const allowed: Record<string, string[]> = {
  domain: ['domain'],
  kernels: ['kernels'],
  engine: ['engine', 'domain'],
  keys: ['keys', 'domain'],
  recording: ['recording', 'domain'],
  mission: ['mission', 'engine', 'keys', 'recording', 'domain'],
  cli: ['cli', 'mission', 'engine', 'keys', 'recording', 'domain'],
  app: ['app', 'mission', 'engine', 'keys', 'recording', 'domain'],
  renderer: ['renderer', 'domain'],
}
const domainPackages = ['zod', 'satellite.js', 'astronomy-engine']
/** The only files that may see both parties. */
const oracles = ['parties', 'pair-parties'].map((name) => `src-main/engine/${name}.oracle.test.ts`)

interface Import {
  from: string
  specifier: string
  /** Path from the root of what a relative or aliased import names; null for a package. */
  target: string | null
}

const slashes = (path: string): string => path.split(sep).join('/')

const sources = ['src-main', 'src-renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue|mjs|cjs)$/.test(name))
    .map((name) => slashes(join(folder, name))),
)

/** Scripts of a Vue file without its template; any other file as it is. */
const scriptOf = (file: string, text: string): string =>
  file.endsWith('.vue')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
    : text

function targetOf(from: string, specifier: string): string | null {
  if (specifier.startsWith('@domain/')) return `src-main/domain/${specifier.slice(8)}`
  if (!specifier.startsWith('.')) return null
  return slashes(relative(root, resolve(root, dirname(from), specifier)))
}

function importsOf(from: string): Import[] {
  const script = scriptOf(from, readFileSync(join(root, from), 'utf8'))
  return ts.preProcessFile(script, true, true).importedFiles.map(({ fileName: specifier }) => ({
    from,
    specifier,
    target: targetOf(from, specifier),
  }))
}

const roomOf = (path: string): string =>
  path.startsWith('src-renderer/') ? 'renderer' : (path.split('/')[1] ?? '')
const partyOf = (path: string): string | null =>
  /^src-main\/engine\/(alice|bob|world)(\/|$)/.exec(path)?.[1] ?? null

const imports = sources
  .filter((file) => file.split('/').length > 2 || roomOf(file) === 'renderer')
  .flatMap(importsOf)
const local = imports.filter((one): one is Import & { target: string } => one.target !== null)
const packages = imports.filter(({ target }) => target === null)
const show = ({ from, specifier }: Import): string => `${from} imports ${specifier}`

describe('import rule of the rooms', () => {
  it('reads the import statements of every room', () => {
    expect(local.length).toBeGreaterThan(20)
  })

  it('has no arrow between rooms that the design does not draw', () => {
    const wrong = local.filter(
      ({ from, target }) => !(allowed[roomOf(from)] ?? []).includes(roomOf(target)),
    )
    expect(wrong.map(show)).toEqual([])
  })

  it('lets domain import its three libraries and nothing of a platform', () => {
    const wrong = packages.filter(
      ({ from, specifier }) =>
        roomOf(from) === 'domain' &&
        !from.endsWith('.test.ts') &&
        !domainPackages.includes(specifier),
    )
    expect(wrong.map(show)).toEqual([])
  })

  it('lets only app import Electron, and the view no Node', () => {
    const wrong = packages.filter(
      ({ from, specifier }) =>
        (/^electron(\/|$)/.test(specifier) && roomOf(from) !== 'app') ||
        (specifier.startsWith('node:') &&
          roomOf(from) === 'renderer' &&
          !from.endsWith('.test.ts')),
    )
    expect(wrong.map(show)).toEqual([])
  })

  it('lets nothing but the test oracle import a party or the world from outside it', () => {
    const wrong = local.filter(({ from, target }) => {
      const party = partyOf(target)
      const known = party === null || party === partyOf(from) || isMessageTypes(from, target)
      return !known && !oracles.includes(from) && !isWorldTool(from, party)
    })
    expect(wrong.map(show)).toEqual([])
  })
})

/** What the engine and a worker say to each other; the parties do not read each other's. */
const isMessageTypes = (from: string, target: string): boolean =>
  partyOf(from) === null && roomOf(from) === 'engine' && /\/(pair-)?protocol$/.test(target)

/** The bench and the tests of the engine may time or check the world: it holds no party's state. */
const isWorldTool = (from: string, party: string): boolean =>
  party === 'world' &&
  partyOf(from) === null &&
  (roomOf(from) === 'cli' || from.endsWith('.test.ts'))
