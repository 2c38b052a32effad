import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import typescript from 'typescript-eslint'

/** One forbidden arrow: what a room may not import, and why. */
const arrow = (regex, message) => ({ regex, message })
const outOf = (...rooms) => `^(\\.\\./)+(src-main/)?(${rooms.join('|')})(/|$)`
const platform = '^(node:|electron(/|$))'
const builtins =
  '^(fs|path|os|crypto|child_process|worker_threads|http|https|net|url|util|stream)(/|$)'

const arrows = {
  domainOutward: arrow(
    outOf('engine', 'keys', 'recording', 'mission', 'app', 'cli', 'kernels'),
    'domain runs anywhere: it imports nothing outside domain; hand what it needs in as an argument.',
  ),
  domainPlatform: arrow(
    `${platform}|${builtins}|^(vue|pinia|cesium|libsql|@mcap/)`,
    'domain knows no platform: no Node, no Electron, no view library; hand it in as an argument.',
  ),
  domainView: arrow(
    'src-renderer|^@domain/',
    'domain is imported by the view, never the other way; inside it imports are relative.',
  ),
  engineSiblings: arrow(
    outOf('keys', 'recording'),
    'engine, keys and recording do not know each other: mission joins them.',
  ),
  keysSiblings: arrow(
    outOf('engine', 'recording'),
    'engine, keys and recording do not know each other: mission joins them.',
  ),
  recordingSiblings: arrow(
    outOf('engine', 'keys'),
    'engine, keys and recording do not know each other: mission joins them.',
  ),
  upward: arrow(
    outOf('mission', 'app', 'cli'),
    'arrows point from app and cli to mission to engine, keys and recording: this one points back.',
  ),
  missionUpward: arrow(
    outOf('app', 'cli'),
    'mission serves the window and the command line alike and knows neither.',
  ),
  electron: arrow(
    '^electron(/|$)',
    'only app knows Electron: everything else also runs without it.',
  ),
  cliToApp: arrow(outOf('app'), 'the command line runs without a window: share through mission.'),
  appToCli: arrow(outOf('cli'), 'the window does not run the command line: share through mission.'),
  view: arrow('src-renderer', 'src-main does not know the view: it speaks by the IPC contract.'),
  aliceToBob: arrow(
    '(^|/)(bob|world)(/|$)',
    'Alice shares nothing with Bob or the world but messages: honesty rule 1.',
  ),
  bobToAlice: arrow(
    '(^|/)(alice|world)(/|$)',
    'Bob shares nothing with Alice or the world but messages: honesty rule 1.',
  ),
  worldToParties: arrow(
    '(^|/)(alice|bob)(/|$)',
    'the world knows no party: it asks Alice and tags for Bob by messages only.',
  ),
  engineToParties: arrow(
    '^(\\./|(\\.\\./)+(engine/)?)(alice|bob|world)(/(?!protocol$)|$)',
    'parties and world are workers started by file name: only their message types are known here.',
  ),
  partiesFromOutside: arrow(
    'engine/(alice|bob)(/|$)',
    'the parties live in their workers; nobody outside the engine holds their state.',
  ),
  viewToMain: arrow(
    'src-main|^(\\.\\./)+(app|cli|mission|engine|recording)(/|$)',
    'the view imports domain by @domain and speaks to the rest by the IPC contract.',
  ),
  viewPlatform: arrow(
    `${platform}|${builtins}`,
    'the view is sandboxed: it has neither Node nor Electron, only window.micius.',
  ),
}

/** The arrows forbidden to some files; a later block replaces an earlier one for the files of both. */
const forbid = (name, files, forbidden) => ({
  name: `arrows/${name}`,
  files,
  rules: {
    'no-restricted-imports': 'off',
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: forbidden }],
  },
})

const { domainOutward, domainPlatform, domainView, upward, electron, view } = arrows
const engineCommon = [arrows.engineSiblings, upward, electron, view]
const domainTests = ['src-main/domain/**/*.test.ts']

export default typescript.config(
  {
    ignores: ['node_modules/', 'out/', 'dist/', 'coverage/', 'test-results/', 'src-main/kernels/'],
  },
  js.configs.recommended,
  ...typescript.configs.recommended,
  ...vue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: typescript.parser } } },
  { files: ['**/*.{ts,vue}'], rules: { 'no-undef': 'off' } },
  { files: ['scripts/**', '*.mjs'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: globals.node, sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      // Names carry their unit after an underscore (times_ms), which this rule would forbid.
      'vue/prop-name-casing': 'off',
      eqeqeq: ['error', 'always'],
    },
  },
  forbid('domain', ['src-main/domain/**'], [domainOutward, domainPlatform, domainView]),
  forbid('domain-tests', domainTests, [domainOutward, electron, domainView]),
  forbid('engine', ['src-main/engine/**'], [...engineCommon, arrows.engineToParties]),
  forbid('alice', ['src-main/engine/alice/**'], [...engineCommon, arrows.aliceToBob]),
  forbid('bob', ['src-main/engine/bob/**'], [...engineCommon, arrows.bobToAlice]),
  forbid('world', ['src-main/engine/world/**'], [...engineCommon, arrows.worldToParties]),
  forbid('parties-oracle', ['src-main/engine/*parties.oracle.test.ts'], engineCommon),
  forbid('keys', ['src-main/keys/**'], [arrows.keysSiblings, upward, electron, view]),
  forbid(
    'recording',
    ['src-main/recording/**'],
    [arrows.recordingSiblings, upward, electron, view],
  ),
  forbid(
    'mission',
    ['src-main/mission/**'],
    [arrows.missionUpward, electron, view, arrows.partiesFromOutside],
  ),
  forbid('cli', ['src-main/cli/**'], [arrows.cliToApp, electron, view, arrows.partiesFromOutside]),
  forbid('app', ['src-main/app/**'], [arrows.appToCli, view, arrows.partiesFromOutside]),
  forbid('renderer', ['src-renderer/**'], [arrows.viewToMain, arrows.viewPlatform]),
  prettier,
)
