import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

/*
 * One HTML entry per desk. They are built in four passes, because a shared chunk holds everything that any of its
 * entries uses: built together with the office, the counter would carry the parts of Vue that only a component
 * library needs. The first pass empties the folder; the others are added beside it.
 */
const passes: Record<string, string[]> = {
  production: ['index', 'login', 'setup', 'gate'],
  counter: ['counter'],
  refund: ['refund'],
  back: ['board', 'office', 'report'],
}
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * All that the counter imports at once goes into one file: thirty small ones compress a tenth worse, and each asks the
 * server separately.
 */
const firstLoad = new Set<string>()
function nameOfFirstLoad(id: string, graph: { getModuleInfo(id: string): { importedIds: string[] } | null }): string | null {
  if (firstLoad.size === 0) {
    const waiting = [here('./src/counter/main.ts')]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (firstLoad.has(next)) continue
      firstLoad.add(next)
      waiting.push(...(graph.getModuleInfo(next)?.importedIds ?? []))
    }
  }
  return firstLoad.has(id) || id.includes('preload-helper') ? 'first' : null
}

/** In development /counter is answered with counter.html, as the server does in a park. */
const cleanAddresses: Plugin = {
  name: 'clean-addresses',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const desk = /^\/([a-z]+)(?=$|[?#])/.exec(request.url ?? '')?.[1]
      if (desk && Object.values(passes).flat().includes(desk)) request.url = request.url!.replace(desk, `${desk}.html`)
      next()
    })
  },
}

export default defineConfig(({ mode, command }) => {
  const back = mode === 'back'
  const server = process.env['SHANMEN_URL'] ?? 'http://127.0.0.1:5080'
  return {
    plugins: [vue(), cleanAddresses],
    define: {
      __VUE_OPTIONS_API__: JSON.stringify(back || command === 'serve'),
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      target: 'es2022',
      emptyOutDir: mode === 'production',
      copyPublicDir: mode === 'production',
      modulePreload: { polyfill: false },
      assetsDir: 'assets',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1200,
      rolldownOptions: {
        input: Object.fromEntries((passes[mode] ?? []).map((desk) => [desk, here(`./${desk}.html`)])),
        output: mode === 'counter' ? { codeSplitting: { groups: [{ name: nameOfFirstLoad }] } } : {},
      },
    },
    server: {
      proxy: Object.fromEntries(['/api', '/health', '/openapi'].map((path) => [path, { target: server, changeOrigin: false }])),
    },
    test: { include: ['src/**/*.test.ts'], environment: 'node', css: true },
  }
})
