// An act signed by the agency's own key, from the file in which its system put it (proto/ACTS.md).
import { type SignedAct } from '../../gen/huiqian/common/v1/common.js'
import { NotUnderstood, type Asked, type Options } from './command.js'
import type { Desk } from './desk.js'
import { textOf } from './files.js'

export const SIGNED: Options = {
  signed: {
    takes: '<file>',
    about: {
      zh: '本机关对此行为的签名：{"key_id","statement","signature"}，见 proto/ACTS.md',
      en: 'the agency’s own signature on this act: {"key_id","statement","signature"}, see proto/ACTS.md',
    },
  },
}

/** The signed act of a file: `statement` its text, `signature` in hex. */
export async function signedOf(
  desk: Pick<Desk, 'folder' | 'io'>,
  asked: Asked,
): Promise<SignedAct | undefined> {
  const file = asked.maybe('signed')
  if (file === undefined) return undefined
  const text = await textOf(desk, file)
  try {
    const { key_id, statement, signature } = JSON.parse(text) as Record<string, string>
    return {
      keyId: key_id ?? '',
      statement: Buffer.from(statement ?? '', 'utf8'),
      signature: Buffer.from(signature ?? '', 'hex'),
    }
  } catch {
    throw new NotUnderstood({
      zh: `${file} 不是可读的 JSON 签名文件`,
      en: `${file} is no readable file of a signature in JSON`,
    })
  }
}
