import bwip from 'bwip-js/node'
import { describe, expect, it } from 'vitest'
import { codeIn } from './reader'

const width = 640
const height = 480

/** A ticket before a camera: grey paper on a dark counter, turned by some degrees, with the noise of a cheap sensor. */
function seen(text: string, modulePx: number, degrees: number) {
  const [code] = bwip.raw('qrcode', text, 'eclevel=M') as { pixs: number[]; pixx: number; pixy: number }[]
  const { pixs, pixx, pixy } = code!
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  let noise = 7
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - width / 2, y - height / 2]
      const column = Math.floor((dx * cos + dy * sin) / modulePx + pixx / 2)
      const row = Math.floor((dy * cos - dx * sin) / modulePx + pixy / 2)
      const onPaper = column >= -4 && row >= -4 && column < pixx + 4 && row < pixy + 4
      const dark = column >= 0 && row >= 0 && column < pixx && row < pixy && pixs[row * pixx + column]
      noise = (noise * 1103515245 + 12345) % 2147483648
      data.fill((onPaper ? (dark ? 55 : 190) : 90) + (noise % 21) - 10, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return { data, width, height }
}
const ticket = 'SM1:' + '6BF.UPQ7W2$K%*+-./:0'.repeat(6).slice(0, 120)

describe('the camera without a detector of its own', () => {
  it.each([[6, 0], [5, 0], [4, 0], [3, 3], [5, 12], [6, 45], [4, 180]])('reads a ticket at %d pixels a module, turned by %d degrees', (modulePx, degrees) => {
    expect(codeIn(seen(ticket, modulePx, degrees))).toBe(ticket)
  })

  it('sees nothing where nothing is', () => expect(codeIn({ data: new Uint8ClampedArray(width * height * 4).fill(120), width, height })).toBe(''))
})
