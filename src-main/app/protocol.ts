/** The page's own scheme: `app://ui/…` serves the built renderer and nothing outside it. */
import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import { protocol } from 'electron'

export const PAGE_ORIGIN = 'app://ui'
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`

/** The style hash is that of Cesium's credit display, the one style element that is not a file. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "style-src-elem 'self' 'sha256-gM2CWYHXIHTu7Ts6ncwv0GMWZ9LXGrz2qqqjyuDojl8='",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
].join('; ')

const mediaTypes: Record<string, string> = {
  '.css': 'text/css',
  '.glb': 'model/gltf-binary',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.ktx2': 'image/ktx2',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'text/xml',
}

/** Gives the scheme the rights of a web origin; must run before the application is ready. */
export function registerScheme(): void {
  const privileges = {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
    codeCache: true,
  }
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }])
}

/**
 * The file that a page address names.
 * @returns its absolute path, or null when the host is not the page's or the path leaves the folder
 */
export function fileOf(address: string, folder: string): string | null {
  const { host, pathname } = new URL(address)
  if (host !== 'ui') return null
  const home = resolve(folder)
  let path: string
  try {
    path = resolve(home, `.${decodeURIComponent(pathname)}`)
  } catch {
    return null
  }
  return path.startsWith(home + sep) && !path.includes('\0') ? path : null
}

const refuse = (status: number): Response => new Response(null, { status })

/** Serves the built renderer from a folder, each answer with the content security policy. */
export function serveScheme(folder: string): void {
  protocol.handle('app', async (request) => {
    const path = fileOf(request.url, folder)
    if (!path || request.method !== 'GET') return refuse(path ? 405 : 403)
    try {
      return new Response(new Uint8Array(await readFile(path)), { headers: headersFor(path) })
    } catch {
      return refuse(404)
    }
  })
}

const headersFor = (path: string): Record<string, string> => ({
  'Content-Type': mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream',
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
})
