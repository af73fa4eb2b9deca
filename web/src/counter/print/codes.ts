import { code128, drawingSVG, qrcode } from 'bwip-js/generic'

/** The signed text of a ticket as a QR code, error level M, with its quiet zone of four modules. */
export const qrSvg = (text: string): string =>
  qrcode({ bcid: 'qrcode', text, eclevel: 'M', paddingwidth: 8, paddingheight: 8 } as Parameters<typeof qrcode>[0], drawingSVG())

const unitsOfModule = 2
const moduleMm = 0.25

/**
 * The short code as Code 128, for scanners that read lines only. Bars are filled areas, since printers round the width
 * of strokes, and one module is a quarter of a millimetre: two dots of a thermal head.
 */
export function barSvg(text: string): string {
  const drawn = code128({ bcid: 'code128', text, height: 11, includetext: false, paddingwidth: 10 } as Parameters<typeof code128>[0], drawingSVG())
  return drawn
    .replace(/stroke="#000000" stroke-width="(\d+)" d="([^"]+)"/g, (_, width: string, lines: string) => `fill="#000" d="${filled(lines, Number(width))}"`)
    .replace(/viewBox="0 0 (\d+) \d+"/, (box, units: string) => `${box} width="${(Number(units) / unitsOfModule) * moduleMm}mm" preserveAspectRatio="none"`)
}
const filled = (lines: string, width: number): string =>
  lines.replace(/M([\d.]+) ([\d.]+)L[\d.]+ ([\d.]+)/g, (_, x: string, from: string, to: string) => `M${Number(x) - width / 2} ${to}h${width}V${from}h-${width}z`)

/** The short code in groups of four, for eyes and typing. */
export const inGroups = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ')
