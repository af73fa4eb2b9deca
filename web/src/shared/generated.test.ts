import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'
import { describe, expect, it } from 'vitest'
import document from '../../../docs/protocols/openapi.json?raw'
import kept from './generated/api.ts?raw'

const made = async (of: string) => COMMENT_HEADER + astToString(await openapiTS(of))

describe('the types of the API', () => {
  it('are what openapi-typescript makes of the document (npm --prefix web run types)', async () => {
    expect(await made(document)).toBe(kept)
  })

  it('change with the document (control)', async () => {
    expect(await made(document.replaceAll('"floatFen"', '"float"'))).not.toBe(kept)
  })

  it('hold no number that may come as text', () => {
    expect(kept).toMatch(/floatFen: (null \| )?number;/)
    expect(kept).not.toMatch(/string \| number|number \| string/)
  })
})
