import { employ, openAllDay, people, template } from './park'
import { Server } from './server'

/** Makes the staffed demo park once for all journeys; each begins with a copy of its data folder, as a restored backup would. */
export default async function makeTemplate(): Promise<() => Promise<void>> {
  const server = new Server({ park: 'demo' })
  try {
    await server.start()
    await openAllDay(server)
    await employ(server, ...people)
    await server.stop()
  } catch (reason) {
    await server.dispose()
    throw reason
  }
  process.env[template.folder] = server.dataFolder
  process.env[template.admin] = server.passwords.get('admin')
  return () => server.dispose()
}
