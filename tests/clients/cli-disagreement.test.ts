// The command line client over everything that a "no" leads to, and over the gates, paper, documents and
// notifications: one house, one long story. In this process, for cli.test.ts runs it as one of its own.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemMint } from '../../shared/identity/system-mint.js'
import { beijingTime } from '../../shared/working-days/working-days.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { openOffice, type Office } from '../office/office.js'
import { huiqian } from './in-process.js'

const [WATER, HEALTH, POLICE, ECOLOGY] = ['市水利局', '市卫生健康局', '市公安局', '市生态环境局']
const [LEGAL, SECRECY, SUPERVISION] = ['市司法局', '市保密局', '市监委']
const [GOVERNMENT, AUTHORITY] = ['市政府', '市府办']
const COMPANY = '清远市供水公司'
const TEXT = '第一条 每日公布水位。\n\n第二条 公布监测点的位置。\n'
const RULED = '第一条 每日公布水位。\n\n第二条 不公布监测点的位置。\n'

let office: Office
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huiqian-words-'))
  const data = join(folder, 'data')
  office = await openOffice({
    ...{ today: '2026-09-07', shape: 'one process', config: { data } },
    directory: (all) =>
      all.map((agency) =>
        agency.name.startsWith(COMPANY) ? { ...agency, mailbox: undefined } : agency,
      ),
  })
  for (const name of [WATER, HEALTH, POLICE, ECOLOGY, LEGAL, SECRECY, SUPERVISION])
    await office.premises.certificateOf({ kind: 'agency', code: office.codeOf(name) })
  for (const name of [GOVERNMENT, AUTHORITY])
    await office.premises.certificateOf({ kind: 'agency', code: office.codeOf(name) })
}, 120_000)
afterAll(async () => {
  await office[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

async function play(who: string, ...words: string[]) {
  const where = ['--address', office.premises.addressOf('coordination')]
  const line = [
    ...words,
    '--as',
    ['admin', 'second'].includes(who) || /^\w{18}$/.test(who) ? who : office.codeOf(who),
    '--data',
    join(folder, 'data'),
    ...where,
  ]
  const outside = { env: {}, folder, now: office.now, mint: systemMint() }
  return huiqian(line, { ...outside, stdin: ['x'.repeat(40), '\n'] })
}
/** What a command says, which must be carried out. */
async function says(who: string, ...words: string[]): Promise<string> {
  const { code, out, err } = await play(who, ...words)
  if (code !== 0) throw new Error(`huiqian ${words.join(' ')}: ${code}\n${err}`)
  await office.settles()
  return out
}
const json = async <T>(who: string, ...words: string[]): Promise<T> =>
  JSON.parse(await says(who, ...words, '--json')) as T

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content)
  return name
}

type Release = {
  releaseId: string
  draftDigest: string
  consultations?: { consultationId: string; agency: string }[]
  confirmations: { confirmationId: string }[]
  declarations: { declarationId: string }[]
}
type Disputes = { disputes: { disputeId: string; releaseId: string }[] }
async function submitted(title: string, ...more: string[]) {
  const release = await json<Release>(
    WATER,
    ...['release', 'submit', '--title', title, '--text', TEXT, '--origin', 'made'],
    ...['--attribute', 'active', '--secrecy-review', '审查员', ...more],
  )
  return { ...release, consultationId: release.consultations?.[0]?.consultationId ?? '' }
}
const affecting = (...names: string[]): string[] =>
  names.flatMap((name) => ['--affects', `${name}:concerns:涉及其职责`])

test('a "no" is negotiated, filed, heard, ruled on, and the ruled text submitted', async () => {
  const { releaseId, consultationId, draftDigest } = await submitted(
    '水位',
    ...affecting(HEALTH),
    ...['--instruct', 'competent-authority:5', '--urgency', 'urgent'],
  )
  await says(HEALTH, 'opinion', 'give', consultationId, '--kind', 'objection', '--reasons', '不宜')
  const asked = ['consultation', 'request-escalation', consultationId, '--reason', '久拖不决']
  expect(await says(HEALTH, ...asked)).toMatch(/^收到：2026-09-07/)

  const early = await play(
    WATER,
    'dispute',
    'file',
    releaseId,
    '--summary',
    'x',
    '--main-dispute',
    'y',
  )
  expect([early.code, early.err]).toEqual([1, expect.stringContaining('NO_NEGOTIATION_ON_RECORD')])
  const round = await says(
    WATER,
    ...['negotiation', 'record', releaseId, '--summary', '未达成一致'],
    ...['--position', `${WATER}:公众需要知道`, '--position', `${HEALTH}:位置: 不公布`],
  )
  expect(round).toMatch(/第 1 轮协商：2026-09-07 .* 会商[^]*位置: 不公布[^]*结果：未达成一致/)
  const changed = ['negotiation', 'instruct', releaseId, '--to', 'superior-organ', '--after', '7']
  await says(WATER, ...changed)
  const shown = await says(WATER, 'release', 'show', releaseId)
  expect(shown).toContain('紧急程度：加急')
  expect(shown).toMatch(/协商：进行中，自 2026-09-07/)
  expect(shown).toContain('上一级行政机关，协商满 7 个工作日未达成一致时')
  expect(await says(WATER, 'negotiation', 'show', releaseId, '--lang', 'en')).toMatch(
    /Negotiation: open, since[^]*Round 1[^]*Standing instruction: superior organ, after 7/,
  )

  const filed = await says(
    WATER,
    ...['dispute', 'file', releaseId, '--to', 'competent-authority', '--summary', '会商一次'],
    ...['--main-dispute', '是否公布监测点的位置'],
  )
  expect(filed).toMatch(/协调机关：清远市人民政府办公室/)
  const { disputes } = await json<Disputes>(
    AUTHORITY,
    ...['dispute', 'list', '--state', 'filed', '--part', 'coordinator'],
  )
  const disputeId = disputes[0]?.disputeId ?? ''
  const seen = await says(AUTHORITY, 'dispute', 'watch', '--count', '1')
  expect(seen).toContain(disputeId)
  await says(WATER, 'dispute', 'redirect', disputeId, '--to', 'superior-organ', '--reason', '改报')
  await says(GOVERNMENT, 'dispute', 'accept', disputeId)
  const heard = await json<{ coReviews: { coReviewId: string; role: string }[] }>(
    GOVERNMENT,
    ...['dispute', 'review', disputeId, '--level-bodies', '--other', `${ECOLOGY}:涉及监测点`],
  )
  const of = (role: string): string =>
    heard.coReviews.find((one) => one.role === role)?.coReviewId ?? ''
  for (const [who, role] of [
    [LEGAL, 'legal'],
    [SECRECY, 'secrecy'],
    [SUPERVISION, 'supervision'],
    [ECOLOGY, 'other'],
  ] as const) {
    const view = ['--advice', 'release-with-changes', '--view', `${role}的意见`]
    const given = await says(who, 'dispute', 'give-view', of(role), ...view)
    expect(given).toContain('修改后发布')
  }
  const ruled = await says(
    GOVERNMENT,
    ...['dispute', 'rule', disputeId, '--disposition', 'release-with-changes'],
    ...['--grounds', '位置关系公共安全', '--title', '水位', '--text', RULED],
    ...['--dissent', `${ECOLOGY}:位置已经公开`],
  )
  expect(ruled).toMatch(
    /状态：已作出处理意见[^]*处理意见：修改后发布[^]*不同意见：清远市生态环境局/,
  )
  expect(await says(WATER, 'release', 'explain', releaseId)).toContain('ruled-with-changes')

  const revise = ['release', 'revise', releaseId, '--title', '水位', '--text', RULED]
  const revised = await says(WATER, ...revise, '--secrecy-review', '审查员')
  expect(revised).toContain(`依处理意见（${disputeId}）`)
  const compared = await says(WATER, 'release', 'compare', releaseId)
  expect(compared).toContain('- 第二条 公布监测点的位置。\n+ 第二条 不公布监测点的位置。')
  expect(compared).toContain(draftDigest)
  expect(await says(WATER, 'release', 'explain', releaseId)).toMatch(/^可以发布/)
}, 120_000)

test('changes that are declined, and a dispute that is handed up and returned', async () => {
  const { releaseId, consultationId } = await submitted('雨量', ...affecting(HEALTH))
  const changes = ['--kind', 'consent-with-changes', '--reasons', '删去第二条']
  await says(HEALTH, 'opinion', 'give', consultationId, ...changes)
  const declined = ['release', 'decline-changes', consultationId, '--reason', '第二条是要点']
  expect(await says(WATER, ...declined)).toContain('状态：协商中')
  const words = ['--position', `${WATER}:是要点`, '--position', `${HEALTH}:应删去`]
  await says(WATER, 'negotiation', 'record', releaseId, '--kind', 'written-answer', ...words)
  const why = ['--summary', '未成', '--main-dispute', '第二条']
  await says(WATER, 'dispute', 'file', releaseId, '--to', 'competent-authority', ...why)
  const { disputes } = await json<Disputes>(WATER, 'dispute', 'list')
  const disputeId = disputes.find((one) => one.releaseId === releaseId)?.disputeId ?? ''
  const up = ['dispute', 'hand-up', disputeId, '--reason', '涉及面广']
  expect(await says(AUTHORITY, ...up)).toMatch(/协调机关：清远市人民政府（/)
  const back = ['dispute', 'return', disputeId, '--reason', '再协商一次']
  expect(await says(GOVERNMENT, ...back)).toContain('状态：已退回协商')
  expect(await says(HEALTH, 'dispute', 'show', disputeId, '--full')).toContain('再协商一次')
}, 120_000)

describe('the gates', () => {
  test('a joint release is confirmed, an approval recorded, a declaration answered', async () => {
    const { releaseId, draftDigest, confirmations } = await submitted(
      '水质',
      ...['--affects-none', '联合制作', '--co-producer', ECOLOGY, '--formed-on', '2026-09-01'],
      ...['--approval-needed', '清远市人民政府:水质公布办法: 第三条'],
    )
    const explained = await says(WATER, 'release', 'explain', releaseId)
    expect(explained).toContain('confirmation-awaited')
    expect(explained).toContain('approval-missing')
    const shown = await says(WATER, 'release', 'show', releaseId)
    expect(shown).toMatch(/沟通确认：清远市生态环境局.*待确认/)
    expect(shown).toContain('须经批准：清远市人民政府  水质公布办法: 第三条')
    expect(shown).toMatch(/公开期限：自 2026-09-01 起 20 个工作日，至 2026-09-29/)

    const id = confirmations[0]?.confirmationId ?? ''
    const confirm = ['joint', 'confirm', id, '--accurate', '--draft-digest', draftDigest]
    expect(await says(ECOLOGY, ...confirm)).toContain('已确认准确一致')
    const approved = await says(
      WATER,
      ...[
        'approval',
        'record',
        releaseId,
        '--organ',
        '清远市人民政府',
        '--approved-on',
        '2026-09-06',
      ],
      ...[
        '--document-number',
        '清府函〔2026〕9号',
        '--scope',
        '全文',
        '--draft-digest',
        draftDigest,
      ],
      ...['--copy', file('批文.txt', '同意公布。')],
    )
    expect(approved).toContain('批准：清远市人民政府  清府函〔2026〕9号')
    const declare = ['consultation', 'declare-affected', releaseId, '--reason', '涉及取水']
    expect(await says(POLICE, ...declare)).toMatch(/^收到：/)
    const nowhere = ['consultation', 'declare-affected', '某事项', '--reason', '涉及取水']
    expect(await says(POLICE, ...nowhere)).toMatch(/^收到：/)
    const { declarations } = await json<Release>(WATER, 'release', 'show', releaseId)
    const answer = ['--answer', 'decline', '--reason', '不涉及取水']
    const declaration = declarations[0]?.declarationId ?? ''
    expect(await says(WATER, 'declaration', 'answer', releaseId, declaration, ...answer)).toContain(
      '不征求意见，已说明理由',
    )
    expect(await says(WATER, 'release', 'explain', releaseId)).toMatch(/^可以发布/)
    const wrong = [
      'joint',
      'confirm',
      id,
      '--not-accurate',
      '数字有误',
      '--draft-digest',
      draftDigest,
    ]
    expect((await play(HEALTH, ...wrong)).err).toContain('NOT_FOUND')
  }, 120_000)

  test('a special category whose publisher the law names is refused, with the field', async () => {
    const { code, err } = await play(
      WATER,
      ...['release', 'submit', '--title', '统计', '--text', TEXT, '--origin', 'made'],
      ...['--attribute', 'active', '--affects-none', '无', '--category', 'statistics'],
    )
    expect([code, err]).toEqual([1, expect.stringMatching(/字段 categories/)])
  })
})

test('paper: a letter served, contested and decided on; a reply handed in', async () => {
  const { agencies } = await json<{ agencies: { creditCode: string; name: string }[] }>(
    AUTHORITY,
    ...['agency', 'list', '--name', COMPANY],
  )
  const { creditCode: company = '', name: companyName = '' } = agencies[0] ?? {}
  const { consultationId, draftDigest } = await submitted('管网', ...affecting(companyName))
  await office.livesUntil('2026-09-07T15:00+08:00')
  const received = beijingTime(office.now() - 3_600_000).replace(' ', 'T') + '+08:00'
  const served = await says(
    WATER,
    ...['paper', 'serve', consultationId, '--received-at', received, '--signed-by', '收发室'],
    ...['--evidence', file('回执.txt', '收到。收发室')],
  )
  expect(served).toMatch(
    /^该机关没有指定收文邮箱，请以纸质告知\n[^]*纸质送达：.*收发室  已记录，期限起算/,
  )
  await office.premises.certificateOf({ kind: 'agency', code: company })
  const contest = ['paper', 'contest', consultationId, '--reason', '不是本单位人员签收']
  const contested = await play(company, ...contest)
  expect(contested.out).toContain('收函机关有异议，待主管部门确认')
  const decide = [
    'paper',
    'decide',
    consultationId,
    '--decision',
    'confirmed',
    '--reason',
    '已核实',
  ]
  expect(await says(AUTHORITY, ...decide)).toContain('主管部门已确认')
  const replied = await says(
    WATER,
    ...['paper', 'opinion', consultationId, '--kind', 'consent', '--handed-in-at', received],
    ...['--evidence', file('复函.txt', '同意。'), '--draft-digest', draftDigest],
  )
  expect(replied).toMatch(/意见：同意[^]*纸质凭据摘要：/)
}, 120_000)

test('what the competent authority must organise, and a breach that a person refers', async () => {
  const { releaseId, draftDigest } = await submitted('堤防', ...affecting(HEALTH))
  const matters = await says(AUTHORITY, 'matter', 'list', '--kind', 'open-consultation')
  expect(matters).toContain(releaseId)
  const none = await play(HEALTH, 'matter', 'list')
  expect(none.code).toBe(1)
  const publish = ['release', 'publish', releaseId, '--where', '门户网站', '--digest', draftDigest]
  expect(await says(WATER, ...publish)).toContain('不符：not-cleared')
  expect(await says(AUTHORITY, 'breach', 'list')).toContain(`not-cleared  ${releaseId}`)
  const refer = ['breach', 'refer', releaseId, '--to', SUPERVISION, '--consequence', '引起误解']
  expect(await says(AUTHORITY, ...refer)).toMatch(/移送 清远市监察委员会.*引起误解/)
  const object = [
    'consultation',
    'object',
    releaseId,
    '--where',
    '门户网站',
    '--reason',
    '未征求意见',
  ]
  expect(await says(POLICE, ...object)).toMatch(/^收到：/)
}, 120_000)

test('a letter as a document: the same bytes each time, and its receipt', async () => {
  const [letter] = await office.as(HEALTH).entries(LetterKind.CONSULTATION_LETTER)
  const id = letter?.letterId ?? ''
  const pdf = ['mailbox', 'document', id, '--format', 'pdf', '--out']
  const said = await says(HEALTH, ...pdf, '函.pdf')
  const bytes = readFileSync(join(folder, '函.pdf'))
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(said).toContain(createHash('sha256').update(bytes).digest('hex'))
  await says(HEALTH, ...pdf, '又.pdf')
  expect(readFileSync(join(folder, '又.pdf')).equals(bytes)).toBe(true)
  await says(HEALTH, 'mailbox', 'sign', id, '--by', '收发室')
  const receipt = ['mailbox', 'document', id, '--format', 'html', '--receipt', '--out', '回执.html']
  await says(HEALTH, ...receipt)
  expect(readFileSync(join(folder, '回执.html'), 'utf8')).toContain('收发室')
  const nowhere = await play(HEALTH, ...pdf, 'nowhere/x.pdf')
  expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('不能写入')])
}, 120_000)

test('notifications are set, listed and removed, and a secret is never on the line', async () => {
  const set = [
    'notify',
    'set',
    '--webhook',
    'https://hooks.example.cn/huiqian',
    '--secret-file',
    '-',
  ]
  const { hookId } = await json<{ hookId: string }>(HEALTH, ...set)
  const mail = await play(HEALTH, 'notify', 'set', '--email', 'office@example.cn')
  expect([mail.code, mail.err]).toEqual([1, expect.stringContaining('NOTIFICATION_MAIL_OFF')])
  const list = await says(HEALTH, 'notify', 'list')
  expect(list).toContain('https://hooks.example.cn/huiqian')
  expect(list).not.toContain('xxxx')
  expect(await says(HEALTH, 'notify', 'remove', hookId)).toBe('已取消\n')
  expect(await says(HEALTH, 'notify', 'list')).not.toContain('hooks.example.cn')
  expect((await play(HEALTH, 'notify', 'log')).code).toBe(0)
}, 120_000)

test('what moves a deadline: a notice, before it is confirmed; an outage that a person records', async () => {
  const { consultationId } = await submitted('闸门', ...affecting(HEALTH))
  const notice = file(
    'notice.json',
    JSON.stringify({
      ...{ number: '测试〔2026〕1号', title: '试', region: 'CN', publishedOn: '2026-09-07' },
      days: [{ date: '2026-09-09', operation: 'DAY_OPERATION_OFF', name: '试' }],
    }),
  )
  expect(await says('admin', 'clock', 'preview', notice)).toContain(consultationId)
  const from = beijingTime(office.now() - 7_200_000).replace(' ', 'T') + '+08:00'
  const to = beijingTime(office.now() - 3_600_000).replace(' ', 'T') + '+08:00'
  const outage = ['clock', 'record-outage', '--from', from, '--to', to, '--note', '专线中断']
  expect(await says('admin', ...outage)).toContain('待另一名运行人员')
  expect(await says('admin', 'clock', 'outages')).not.toContain('专线中断')
  expect(await says('second', ...outage)).not.toContain('待另一名运行人员')
  expect(await says('admin', 'clock', 'outages')).toContain('专线中断')
  expect(await says('admin', 'clock', 'recomputations')).toBe('\n')
}, 120_000)
