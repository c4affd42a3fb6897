// huiqian act verify, huiqian key …: signed acts, verified anywhere; and the keys with which agencies sign.
import {
  ListSigningKeysResponse,
  RegisterSigningKeyResponse,
  RetireSigningKeyResponse,
  SigningSuite,
  type SigningKey,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { openSignatures } from '../../../shared/acts/signatures.js'
import { parseStatement } from '../../../shared/acts/statement.js'
import {
  isPublicKey,
  isSigningSuite,
  keyIdOf,
  type SigningSuite as SuiteName,
} from '../../../shared/identity/signing-key.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { LIMIT, NotUnderstood, REQUEST_ID, type Command } from '../command.js'
import type { Desk } from '../desk.js'
import { textOf } from '../files.js'
import { firstOf } from '../pages.js'
import { timeText } from '../text/times.js'

const SUITES = { ed25519: SigningSuite.ED25519, sm2: SigningSuite.SM2 } as const

const verify: Command = {
  words: 'act verify',
  takes: ['<file>'],
  about: {
    zh: '离线验证已签名的行为（huiqian-signed-act-1）；公钥须另行核对',
    en: 'verify a signed act (huiqian-signed-act-1) without a service; compare the key with the one you know',
  },
  options: {
    'public-key': {
      takes: '<hex>',
      about: {
        zh: '所知的该机关公钥，与文件中的比较',
        en: 'the agency’s key as you know it, compared with that in the file',
      },
    },
  },
  async run(desk, asked) {
    const file = asked.argument(0)
    const act = await readAct(desk, file)
    const statement = parseStatement(Buffer.from(act.statement, 'utf8'))
    const known = asked.maybe('public-key')
    const signatures = openSignatures()
    const holds =
      statement !== undefined &&
      (await signatures.verify(
        act.suite,
        act.public_key,
        Buffer.from(act.statement, 'utf8'),
        Buffer.from(act.signature, 'hex'),
      ))
    await signatures.stop()
    if (!holds)
      throw invalid('签名不成立：陈述或签名被改动过', 'the statement or the signature was changed')
    if (keyIdOf(act.suite, act.public_key) !== act.key_id)
      throw invalid('密钥编号与公钥不符', 'the key id is not that of the key')
    if (known !== undefined && known.toLowerCase() !== act.public_key)
      throw invalid('公钥不是您所给的', 'it was made with another key than the one you gave')
    await desk.tell({ holds, statement, key_id: act.key_id, public_key: act.public_key }, () => [
      desk.say('签名成立', 'the signature holds'),
      ...(known === undefined
        ? [desk.say(`请核对公钥：${act.public_key}`, `compare the key: ${act.public_key}`)]
        : []),
      JSON.stringify(statement, null, 2),
    ])
  },
}

const invalid = (zh: string, en: string): Refusal =>
  new Refusal('malformed', 'SIGNATURE_INVALID', 'house/signed-acts', {
    ...{ field: 'file', why_zh: zh, why_en: en },
  })

type KeptAct = {
  readonly form: string
  readonly key_id: string
  readonly public_key: string
  readonly suite: SuiteName
  readonly statement: string
  readonly signature: string
}

const PARTS = ['form', 'key_id', 'public_key', 'suite', 'statement', 'signature'] as const

const isKeptAct = (act: Record<string, string>): boolean =>
  PARTS.every((part) => typeof act[part] === 'string') &&
  act['form'] === 'huiqian-signed-act-1' &&
  isSigningSuite(act['suite']!) &&
  isPublicKey(act['suite'], act['public_key']!)

async function readAct(desk: Desk, file: string): Promise<KeptAct> {
  const text = await textOf(desk, file)
  try {
    const act = JSON.parse(text) as KeptAct
    if (isKeptAct(act)) return act
  } catch {
    // told below: whatever it is, it is no such file
  }
  throw new NotUnderstood({
    zh: `${file} 不是 huiqian-signed-act-1`,
    en: `${file} is no huiqian-signed-act-1`,
  })
}

const lineOf = (desk: Desk, key: SigningKey): string => {
  const { keyId, agency, suite, required, registeredAt, retiredAt, proposedBy } = key
  const name = SigningSuite[suite].toLowerCase()
  const must = required ? desk.say('须签名', 'required') : desk.say('可签名', 'optional')
  const state = retiredAt
    ? desk.say(`已停用 ${timeText(retiredAt)}`, `retired ${timeText(retiredAt)}`)
    : registeredAt
      ? desk.say(`已登记 ${timeText(registeredAt)}`, `registered ${timeText(registeredAt)}`)
      : desk.say(
          `待第二位安全管理员确认（${proposedBy} 提议）`,
          `waits for a second security operator (proposed by ${proposedBy})`,
        )
  return `${keyId}  ${agency}  ${name}  ${must}  ${state}`
}

const list: Command = {
  words: 'signing-key list',
  takes: [],
  about: { zh: '机关的签名公钥', en: 'keys with which agencies sign' },
  options: {
    agency: { takes: '<code>', about: { zh: '只看某机关', en: 'of one agency' } },
    ...LIMIT,
  },
  async run(desk, asked) {
    const calls = await desk.directory()
    const agency = asked.maybe('agency') ?? ''
    const { items, nextPageToken } = await firstOf(
      asked.number('limit', 100),
      async ({ pageSize, pageToken }) => {
        const page = await calls.listSigningKeys({ agency, pageSize, pageToken })
        return { items: page.keys, nextPageToken: page.nextPageToken }
      },
    )
    await desk.tell(ListSigningKeysResponse.toJSON({ keys: items, nextPageToken }), () => [
      ...items.map((key) => lineOf(desk, key)),
      ...desk.more(nextPageToken),
    ])
  },
}

const register: Command = {
  words: 'signing-key register',
  takes: ['<agency>', '<public key in hex>'],
  about: {
    zh: '登记机关签名公钥：第一位安全管理员提议，第二位以同样内容确认',
    en: 'register a key of an agency: a first security operator proposes, a second confirms the same',
  },
  options: {
    suite: { takes: 'ed25519|sm2', about: { zh: '算法', en: 'how it signs' } },
    required: {
      about: { zh: '此后该机关的行为须签名', en: 'its acts must be signed from then on' },
    },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const calls = await desk.directory()
    const answer = await desk.change(() =>
      calls.registerSigningKey({
        requestId: desk.requestId,
        agency: asked.argument(0),
        suite: asked.oneOf('suite', SUITES, SUITES.ed25519),
        publicKey: Buffer.from(asked.argument(1), 'hex'),
        required: asked.flag('required'),
      }),
    )
    await desk.tell(RegisterSigningKeyResponse.toJSON(answer), () =>
      answer.key ? [lineOf(desk, answer.key)] : [],
    )
  },
}

const retire: Command = {
  words: 'signing-key retire',
  takes: ['<key>'],
  about: {
    zh: '停用签名公钥，须两位安全管理员；此前的签名仍然有效',
    en: 'retire a key, by two security operators; what it signed stays signed',
  },
  options: REQUEST_ID,
  async run(desk, asked) {
    const calls = await desk.directory()
    const request = { requestId: desk.requestId, keyId: asked.argument(0) }
    const answer = await desk.change(() => calls.retireSigningKey(request))
    await desk.tell(RetireSigningKeyResponse.toJSON(answer), () =>
      answer.key ? [lineOf(desk, answer.key)] : [],
    )
  },
}

export const ACT_COMMANDS: readonly Command[] = [verify, list, register, retire]
