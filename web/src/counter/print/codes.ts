import { code128, drawingSVG, qrcode } from 'bwip-js/generic'

/** The signed text of a ticket as a QR code, error level M, with its quiet zone of four modules. */
export const qrSvg = (text: string): string =>
  qrcode({ bcid: 'qrcode', text, eclevel: 'M', paddingwidth: 8, paddingheight: 8 } as Parameters<typeof qrcode>[0], drawingSVG())

/** The short code as Code 128, for scanners that read lines only. */
export const barSvg = (text: string): string =>
  code128({ bcid: 'code128', text, height: 11, includetext: false, paddingwidth: 10 } as Parameters<typeof code128>[0], drawingSVG())

/** The short code in groups of four, for eyes and typing. */
export const inGroups = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ')
