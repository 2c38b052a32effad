import { cpSync, createReadStream, existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createRequire } from 'node:module'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { obtainKernels } from './scripts/setup/kernels.mjs'

const require = createRequire(import.meta.url)
const root = import.meta.dirname
const domain = resolve(root, 'src-main/domain')

/** satellite.js ships WebAssembly workers with top-level await; only its plain SGP4 is used. */
function satelliteWithoutWasm(): Plugin {
  return {
    name: 'satellite-without-wasm',
    enforce: 'pre',
    resolveId(source, importer) {
      const own = importer?.replaceAll('\\', '/').endsWith('satellite.js/dist/index.js')
      return own && source === './wasm/index.js' ? '\0satellite-no-wasm' : null
    },
    load: (id) => (id === '\0satellite-no-wasm' ? 'export {}' : null),
  }
}

/** Serves Cesium's workers and assets in development and copies them into a build. */
function cesiumAssets(): Plugin {
  const source = join(dirname(require.resolve('cesium/package.json')), 'Build/Cesium')
  let outDir = ''
  return {
    name: 'cesium-assets',
    configResolved: (config) => void (outDir = resolve(config.root, config.build.outDir)),
    configureServer(server) {
      server.middlewares.use('/cesium', (request, response, next) => {
        const path = join(source, decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'))
        if (!path.startsWith(source) || !existsSync(path) || !statSync(path).isFile()) return next()
        createReadStream(path).pipe(response)
      })
    },
    closeBundle() {
      for (const part of ['Assets', 'Workers', 'ThirdParty'])
        cpSync(join(source, part), join(outDir, 'cesium', part), { recursive: true })
    },
  }
}

/** Compiles the AssemblyScript kernels beside the engine. */
const kernels = (): Plugin => ({ name: 'kernels', buildStart: () => obtainKernels() })

const node = { target: 'node20.18', minify: false, sourcemap: true } as const

export default defineConfig({
  main: {
    plugins: [satelliteWithoutWasm(), kernels()],
    build: {
      ...node,
      outDir: 'out/main',
      externalizeDeps: {
        include: ['libsql'],
        exclude: ['satellite.js', 'zod', '@mcap/core', 'astronomy-engine'],
      },
      rollupOptions: {
        input: {
          index: resolve(root, 'src-main/app/index.ts'),
          cli: resolve(root, 'src-main/cli/index.ts'),
          engine: resolve(root, 'src-main/engine/index.ts'),
          world: resolve(root, 'src-main/engine/world/worker.ts'),
          alice: resolve(root, 'src-main/engine/alice/worker.ts'),
          bob: resolve(root, 'src-main/engine/bob/worker.ts'),
          'pair-world': resolve(root, 'src-main/engine/world/pair-worker.ts'),
          'pair-alice': resolve(root, 'src-main/engine/alice/pair-worker.ts'),
          'pair-bob': resolve(root, 'src-main/engine/bob/pair-worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      ...node,
      outDir: 'out/preload',
      rollupOptions: {
        input: { preload: resolve(root, 'src-main/app/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    define: { CESIUM_BASE_URL: '"./cesium/"' },
    resolve: { alias: { '@domain': domain } },
    worker: { format: 'es', plugins: () => [satelliteWithoutWasm()] },
    plugins: [satelliteWithoutWasm(), vue(), cesiumAssets()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      target: 'chrome130',
      minify: true,
      chunkSizeWarningLimit: 8000,
      rollupOptions: { input: resolve(root, 'src-renderer/index.html') },
    },
  },
})
