import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

// The system's Chromium, because a park's machine has one and a download of another would weigh hundreds of megabytes.
const chromium = [process.env.SHANMEN_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path && existsSync(path))
if (!chromium) throw new Error('需要 Chromium / Chromium is needed (Debian: apt-get install chromium), or set SHANMEN_CHROMIUM')

export default defineConfig({
  testDir: 'specs',
  globalSetup: './template.ts',
  outputDir: 'test-results',
  // Two journeys at a time, as there are cores: each has a server and a browser of its own.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/journeys.json' }]],
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    actionTimeout: 15_000,
    viewport: { width: 1920, height: 1080 },
    // Recording costs half of the time; who needs it asks for it.
    trace: process.env.SHANMEN_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync',
      ],
    },
  },
})
