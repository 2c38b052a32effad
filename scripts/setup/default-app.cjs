/**
 * Stands in for Electron's own default application in the fallback runtime: loads the application folder named
 * on the command line, and honours `-r`, by which Playwright puts its loader before the application.
 */
const { existsSync, readFileSync, statSync } = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { pathToFileURL } = require('node:url')
const { app, dialog } = require('electron')

function readArguments(argv) {
  const found = { preloads: [], version: false, target: undefined }
  for (let i = 0; i < argv.length && !found.target; i++) {
    const argument = argv[i]
    if (argument === '-r' || argument === '--require') found.preloads.push(argv[++i])
    else if (argument === '-v' || argument === '--version') found.version = true
    else if (!argument.startsWith('-')) found.target = argument
  }
  return found
}

/** The script to run, after the application's identity was taken from its package.json. */
function adopt(target) {
  const place = path.resolve(target)
  if (!statSync(place).isDirectory()) return place
  const manifest = path.join(place, 'package.json')
  const about = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {}
  const name = about.productName ?? about.name
  if (name) app.setName(name)
  if (about.version) app.setVersion(about.version)
  app.setAppPath(place)
  return path.join(place, about.main ?? 'index.js')
}

function load(script) {
  try {
    Module._load(script, Module, true)
  } catch (error) {
    if (error.code !== 'ERR_REQUIRE_ESM') throw error
    import(pathToFileURL(script).href).catch(fail)
  }
}

function fail(error) {
  process.stderr.write(`Starting the application failed: ${error.stack ?? error}\n`)
  if (process.env.DISPLAY && !process.env.CI) dialog.showErrorBox('Starting failed', String(error))
  process.exit(1)
}

const found = readArguments(process.argv.slice(1))
if (found.version) {
  process.stdout.write(`v${process.versions.electron}\n`)
  process.exit(0)
}
try {
  if (found.preloads.length > 0) Module._preloadModules(found.preloads)
  if (!found.target) throw new Error('name the application folder, such as: electron .')
  load(require.resolve(adopt(found.target)))
} catch (error) {
  fail(error)
}
