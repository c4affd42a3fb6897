// As whom the client calls: never as somebody else than was meant.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { asked, type Command } from './command.js'
import { channelOf } from './connection.js'

const command: Command = {
  ...{ words: 'x', takes: [], about: { zh: '', en: '' }, options: {} },
  run: () => Promise.resolve(),
}

function roomOf(...names: string[]): string {
  const room = mkdtempSync(join(tmpdir(), 'huiqian-room-'))
  onTestFinished(() => rmSync(room, { recursive: true, force: true }))
  mkdirSync(join(room, 'authority'))
  writeFileSync(join(room, 'authority', 'ca.crt.pem'), 'ca')
  for (const name of names)
    for (const kind of ['crt', 'key']) writeFileSync(join(room, `${name}.${kind}.pem`), name)
  return room
}

const channel = (room: string, ...words: string[]) =>
  channelOf({ env: {}, folder: room }, asked(command, ['--certificates', room, ...words], 'zh'))

test('a name takes its certificate, and that of nobody else', async () => {
  const room = roomOf('operator-admin', 'agency-11440000QY000002XH')
  expect((await channel(room, '--as', 'admin')).certificates.cert).toBe('operator-admin')
  const agency = await channel(room, '--as', '11440000QY000002XH')
  expect(agency.certificates.cert).toBe('agency-11440000QY000002XH')
  await expect(channel(room, '--as', '11440000QY000003XF')).rejects.toThrow(
    /no certificate of 11440000QY000003XF.*has: admin/,
  )
  await expect(channel(room)).rejects.toThrow(/As whom\?.*admin/)
})

test('a folder without certificates is named, with how they come to be', async () => {
  const room = roomOf()
  const words = new RegExp(`no certificates in ${room}.*npm start`)
  await expect(channel(room)).rejects.toThrow(words)
  await expect(channel(room, '--as', 'admin')).rejects.toThrow(words)
})
