import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

/*
 * One HTML entry per desk. They are built in two passes, because a shared chunk holds everything that any of its
 * entries uses: built together with the office, the counter would carry the parts of Vue that only a component
 * library needs. The front desks come first and empty the folder; the back desks are added beside them.
 */
const frontDesks = ['index', 'login', 'setup', 'counter', 'gate']
const backDesks = ['board', 'office', 'report']
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** In development /counter is answered with counter.html, as the server does in a park. */
const cleanAddresses: Plugin = {
  name: 'clean-addresses',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const desk = /^\/([a-z]+)(?=$|[?#])/.exec(request.url ?? '')?.[1]
      if (desk && [...frontDesks, ...backDesks].includes(desk)) request.url = request.url!.replace(desk, `${desk}.html`)
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
      emptyOutDir: !back,
      copyPublicDir: !back,
      modulePreload: { polyfill: false },
      assetsDir: 'assets',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1200,
      rolldownOptions: {
        input: Object.fromEntries((back ? backDesks : frontDesks).map((desk) => [desk, here(`./${desk}.html`)])),
      },
    },
    server: {
      proxy: Object.fromEntries(['/api', '/health', '/openapi'].map((path) => [path, { target: server, changeOrigin: false }])),
    },
    test: { include: ['src/**/*.test.ts'], environment: 'node' },
  }
})
