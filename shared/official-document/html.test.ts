import { describe, expect, test } from 'vitest'
import { hostile, letter } from './document.fixture.js'
import { htmlOf } from './official-document.js'

describe('the page', () => {
  test('is the same for the same document, and holds all of it', () => {
    expect(htmlOf(letter)).toBe(htmlOf({ ...letter }))
    for (const words of [letter.issuer, letter.number, '签发人：张三', letter.title, '第二段。'])
      expect(htmlOf(letter)).toContain(words)
    expect(htmlOf(letter)).toContain('<p>2026年9月8日</p>')
  })

  test('holds nothing that runs or is fetched, whatever the words are', () => {
    const page = htmlOf(hostile)
    const tags = [...page.matchAll(/<\/?([a-zA-Z!]+)/g)].map(([, name]) => name)
    const own = new Set([...htmlOf(letter).matchAll(/<\/?([a-zA-Z!]+)/g)].map(([, name]) => name))
    expect(tags.filter((name) => !own.has(name))).toEqual([])
    expect(tags).not.toContain('script')
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;')
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/<[^>]+ on\w+=/)
  })

  test('does not print what is empty', () => {
    const bare = { ...letter, urgency: '', signedOff: '', attachments: [], fields: [], annexes: [] }
    const page = htmlOf(bare)
    expect(page).not.toMatch(/class="(urgency|attachments)"|签发人|<dl>|<section>/)
  })
})
