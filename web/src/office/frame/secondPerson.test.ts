import { afterEach, describe, expect, it } from 'vitest'
import { Problem } from '../../shared/api'
import { approvalOf, asking, withSecondPerson } from './secondPerson'

const refused = (code: string) => new Problem(403, code, '', '')
afterEach(() => { asking.value = null })
const asked = async () => { while (!asking.value) await Promise.resolve(); return asking.value }

describe('a change that two people make', () => {
  it('sends without anybody where nobody is asked for', async () => {
    const sent: Record<string, string>[] = []
    expect(await withSecondPerson(async (headers) => { sent.push(headers); return 7 })).toBe(7)
    expect(sent).toEqual([{}])
  })

  it('asks until somebody who may has approved it, and once for all requests of an action', async () => {
    const sent: string[] = []
    const send = async (headers: Record<string, string>) => {
      const approval = headers['Shanmen-Approval'] ?? ''
      sent.push(approval)
      if (!approval) throw refused('secondPersonNeeded')
      if (approval === 'wrong') throw refused('supervisorWrong')
      return 'done'
    }
    const approval = { value: '' }
    const all = withSecondPerson(send, approval)
    ;(await asked()).answer('wrong')
    expect((await asked()).refused.code).toBe('supervisorWrong')
    asking.value!.answer('right')
    expect(await all).toBe('done')
    expect(await withSecondPerson(send, approval)).toBe('done')
    expect(sent).toEqual(['', 'wrong', 'right', 'right'])
  })

  it('lets the refusal stand where nobody comes, and other refusals as they are', async () => {
    const all = withSecondPerson(async () => { throw refused('secondPersonNeeded') })
    ;(await asked()).answer(null)
    await expect(all).rejects.toMatchObject({ code: 'secondPersonNeeded' })
    await expect(withSecondPerson(async () => { throw refused('soldOut') })).rejects.toMatchObject({ code: 'soldOut' })
    expect(asking.value).toBeNull()
  })

  it('writes names and passwords of any script', () => {
    expect(approvalOf(' manager ', '山门 pass:word')).toBe('bWFuYWdlcjrlsbHpl6ggcGFzczp3b3Jk')
  })
})
