// huiqian keys: the ring of keys that content is sealed with, as its file. Works on the file; a running house
// notices within half a minute and seals its data keys anew.
import { resolve } from 'node:path'
import { addKey, dropKey, readKeyFile } from '../../../shared/confidentiality/confidentiality.js'
import type { Asked, Command, Options } from '../command.js'
import type { Desk } from '../desk.js'

const FILE: Options = {
  file: {
    takes: '<file>',
    about: {
      zh: '密钥文件（默认 HUIQIAN_CONTENT_KEYS 或 <data>/keys/content.json）',
      en: 'the key file (HUIQIAN_CONTENT_KEYS, or <data>/keys/content.json)',
    },
  },
}

function fileOf(desk: Desk, asked: Asked): string {
  const given = asked.maybe('file') ?? desk.env['HUIQIAN_CONTENT_KEYS']
  const data = asked.maybe('data') ?? desk.env['HUIQIAN_DATA'] ?? './data'
  return resolve(desk.folder, given || resolve(desk.folder, data, 'keys', 'content.json'))
}

async function tellOf(desk: Desk, path: string, ...before: string[]): Promise<void> {
  const { current, keys } = readKeyFile(path)
  const shown = keys.map(({ id, made_at }) => ({ id, made_at, current: id === current }))
  await desk.tell({ file: path, keys: shown }, () => [
    ...before,
    ...shown.map(({ id, made_at, current: now }) =>
      now
        ? desk.say(`${id}  ${made_at}  正在使用`, `${id}  ${made_at}  current`)
        : `${id}  ${made_at}`,
    ),
  ])
}

const list: Command = {
  words: 'keys list',
  takes: [],
  about: {
    zh: '内容密钥文件中的密钥（不显示密钥本身）',
    en: 'the content keys of a file, never the secrets',
  },
  options: FILE,
  run: (desk, asked) => tellOf(desk, fileOf(desk, asked)),
}

const rotate: Command = {
  words: 'keys rotate',
  takes: [],
  about: {
    zh: '轮换内容密钥：加入新密钥并改用之，服务无须停止',
    en: 'turn the ring: add a key and make it current, while the service runs',
  },
  options: FILE,
  async run(desk, asked) {
    const path = fileOf(desk, asked)
    readKeyFile(path) // a ring is turned, never begun here: another file would be another house's
    const id = addKey(path, { mint: desk.mint, now: desk.now() })
    await tellOf(
      desk,
      path,
      desk.say(
        `新密钥 ${id} 已启用。运行中的服务半分钟内改用，并逐步重新加密数据密钥；旧密钥在此之前不可移除。`,
        `The key ${id} is current. A running service takes it within half a minute and seals its data keys anew; keep the earlier keys until then.`,
      ),
    )
  },
}

const drop: Command = {
  words: 'keys drop',
  takes: ['<key>'],
  about: {
    zh: '移除旧密钥；仍以其加密的内容（包括旧备份）不可再读',
    en: 'take out an earlier key: what is still sealed with it, old copies too, can never be read again',
  },
  options: FILE,
  async run(desk, asked) {
    const path = fileOf(desk, asked)
    const id = asked.argument(0)
    dropKey(path, id)
    await tellOf(
      desk,
      path,
      desk.say(
        `已移除 ${id}。若仍有内容以其加密，服务下次启动时会指出并拒绝启动。`,
        `${id} is out. Where something is still sealed with it, the service says so at its next start and does not start.`,
      ),
    )
  },
}

export const KEY_COMMANDS: readonly Command[] = [list, rotate, drop]
