import { writeFileSync } from 'node:fs'
import { type Browser, chromium, type TestInfo } from '@playwright/test'
import bwip from 'bwip-js/node'

const width = 640
const height = 480
const modulePx = 6
const degrees = 9

/** Writes the film of a ticket held before a camera: grey paper on a dark counter, not quite straight, raw frames (YUV4MPEG2). */
export function film(path: string, text: string): string {
  const [code] = bwip.raw('qrcode', text, 'eclevel=M') as { pixs: number[]; pixx: number; pixy: number }[]
  const { pixs, pixx, pixy } = code!
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const light = Buffer.alloc(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - width / 2, y - height / 2]
      const column = Math.floor((dx * cos + dy * sin) / modulePx + pixx / 2)
      const row = Math.floor((dy * cos - dx * sin) / modulePx + pixy / 2)
      const inCode = column >= 0 && row >= 0 && column < pixx && row < pixy
      const onPaper = column >= -4 && row >= -4 && column < pixx + 4 && row < pixy + 4
      light[y * width + x] = inCode && pixs[row * pixx + column] ? 45 : onPaper ? 205 : 95
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)])
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...Array<Buffer>(5).fill(frame)]))
  return path
}

/** A browser of its own, because a browser is told about its camera when it starts. */
export function browserWith(info: TestInfo, ...camera: string[]): Promise<Browser> {
  const { executablePath, args = [] } = info.project.use.launchOptions ?? {}
  return chromium.launch({ executablePath: executablePath!, args: [...args, ...camera] })
}
