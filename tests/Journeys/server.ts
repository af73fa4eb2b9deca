import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from '@playwright/test'

const root = resolve(import.meta.dirname, '../..')
const program = process.env.SHANMEN_CENTRE ?? join(root, 'src/Centre/bin/Release/net10.0/Shanmen.Centre.dll')
const startSecondsMax = 60
const stopSecondsMax = 20

export interface ServerChoice {
  /** empty: nobody has set the park up yet. demo: a park with sites, ticket types and staff. */
  park: 'empty' | 'demo'
  /** Further settings, for instance { SHANMEN__DATABASE: … }. */
  environment?: Record<string, string>
}

/** The real program with a data folder of its own. */
export class Server {
  readonly #choice: ServerChoice
  #data = ''
  #process: ChildProcess | undefined
  #output: string[] = []
  #port = 0
  address = ''
  /** The data folder that a new one begins as a copy of; none where the program makes its own. */
  beginsAs: (() => string) | undefined
  /** First passwords by login, as the program printed them. */
  readonly passwords = new Map<string, string>()

  constructor(choice: ServerChoice) {
    this.#choice = choice
  }

  get dataFolder() {
    return this.#data
  }

  /** The last lines that the program wrote, for the message of a failure. */
  get output() {
    return this.#output.slice(-40).join('\n')
  }

  url(path: string) {
    return new URL(path, this.address).href
  }

  async start() {
    if (!existsSync(program)) throw new Error(`${program} is not built`)
    if (!this.#data) {
      this.#data = mkdtempSync(join(tmpdir(), 'shanmen-journey-'))
      if (this.beginsAs) cpSync(this.beginsAs(), this.#data, { recursive: true })
    }
    // The port stays the same after a restart, so that an open page finds its server again.
    this.#port ||= await freePort()
    const { SHANMEN__DATABASE: _, ...inherited } = process.env
    const child = spawn('dotnet', [program, '--data', this.#data, '--port', String(this.#port)], {
      cwd: this.#data,
      env: {
        ...inherited,
        SHANMEN__PLAINOUTPUT: '1',
        SHANMEN__WEB: join(root, 'web/dist'),
        SHANMEN__DEMO: String(this.#choice.park === 'demo'),
        ...this.#choice.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    this.address = ''
    for (const stream of [child.stdout, child.stderr]) this.#read(stream)
    await this.#ready(child)
  }

  /** stop() lets it finish; stop('SIGKILL') is a power cut of the process. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') {
    const child = this.#process
    this.#process = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise<void>((done) => child.once('exit', () => done()))
    child.kill(signal)
    const impatience = setTimeout(() => child.kill('SIGKILL'), stopSecondsMax * 1000)
    await gone
    clearTimeout(impatience)
  }

  async dispose() {
    await this.stop()
    if (this.#data) rmSync(this.#data, { recursive: true, force: true, maxRetries: 5 })
  }

  #read(stream: NodeJS.ReadableStream) {
    let rest = ''
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      const lines = (rest + text).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        this.#output.push(line)
        const password = /^PASSWORD (\S+) (\S+)$/.exec(line)
        if (password) this.passwords.set(password[1]!, password[2]!)
        const address = /^ADDRESS (http\S+)$/.exec(line)
        if (address) this.address = address[1]!
      }
    })
  }

  async #ready(child: ChildProcess) {
    const until = Date.now() + startSecondsMax * 1000
    while (Date.now() < until) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}\n${this.output}`)
      // The password of a new demo park comes after the address; after a restart it is known already.
      const told = this.address && (this.#choice.park === 'empty' || this.beginsAs || this.passwords.size > 0)
      if (told && (await answers(this.url('/health/ready')))) return
      await new Promise((done) => setTimeout(done, 50))
    }
    await this.stop('SIGKILL')
    throw new Error(`the server was not ready within ${startSecondsMax} s\n${this.output}`)
  }
}

/** Gives the tests of the calling file one server, started before the first and gone after the last. */
export function ownServer(choice: ServerChoice): Server {
  const server = new Server(choice)
  test.beforeAll(async () => {
    test.setTimeout((startSecondsMax + 30) * 1000)
    await server.start()
  })
  test.afterAll(() => server.dispose())
  return server
}

async function answers(url: string) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false // Not listening yet: the caller asks again until its time is over.
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const listener = createServer().once('error', fail)
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address()
      listener.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))))
    })
  })
}
