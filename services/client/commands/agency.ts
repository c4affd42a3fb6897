// huiqian agency: the directory, and who coordinates a dispute.
import {
  Agency,
  agencyKindFromJSON,
  agencyKindToJSON,
  DesignatedMailbox,
  ImportAgenciesResponse,
  leadershipFromJSON,
  leadershipToJSON,
  levelFromJSON,
  levelToJSON,
  roleFromJSON,
  roleToJSON,
  ListAgenciesResponse,
  ResolveCoordinatorsResponse,
  Level,
  Role,
  type Candidate,
} from '../../../gen/huiqian/directory/v1/directory.js'
import { LIMIT, NotUnderstood, REQUEST_ID, type Command, type Language } from '../command.js'
import { textOf } from '../files.js'
import { jsonOf, mustHaveForm, type Form } from '../json-form.js'
import { namedAgency } from '../named-agency.js'
import { firstOf } from '../pages.js'
import { LEVELS, ROLES, wordFor } from '../text/words.js'

const LEVEL_WORDS = {
  national: Level.NATIONAL,
  province: Level.PROVINCE,
  prefecture: Level.PREFECTURE,
  county: Level.COUNTY,
  township: Level.TOWNSHIP,
}
const ROLE_WORDS = {
  'competent-authority': Role.COMPETENT_AUTHORITY,
  legal: Role.REVIEW_BODY_LEGAL,
  secrecy: Role.REVIEW_BODY_SECRECY,
  supervision: Role.REVIEW_BODY_SUPERVISION,
}

const importAgencies: Command = {
  words: 'agency import',
  takes: ['<file>'],
  about: {
    zh: '从文件导入机关（JSON 列表），全部成功或全部不动',
    en: 'import agencies from a file (a list in JSON), all or nothing',
  },
  options: {
    preview: { about: { zh: '只看会有什么变化', en: 'only say what would change' } },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const agencies = agenciesOf(await textOf(desk, asked.argument(0)))
    const preview = asked.flag('preview')
    const request = { requestId: desk.requestId, agencies, preview }
    const directory = await desk.directory()
    const answer = await desk.change(() => directory.importAgencies(request))
    const { registered, updated, unchanged } = answer
    const would = preview ? desk.say('（预览，未记录）', ' (a preview; nothing is recorded)') : ''
    await desk.tell(ImportAgenciesResponse.toJSON(answer), () => [
      `${desk.say('新登记', 'registered')} ${registered.length}${would}`,
      `${desk.say('更改', 'updated')} ${updated.length}`,
      `${desk.say('不变', 'unchanged')} ${unchanged.length}`,
      ...registered.map((code) => `+ ${code}`),
      ...updated.map((code) => `~ ${code}`),
    ])
  },
}

const AGENCY: Form = {
  empty: Agency.create(),
  fields: {
    level: { from: levelFromJSON, to: levelToJSON },
    kind: { from: agencyKindFromJSON, to: agencyKindToJSON },
    leadership: { from: leadershipFromJSON, to: leadershipToJSON },
    roles: { from: roleFromJSON, to: roleToJSON },
    mailbox: { empty: DesignatedMailbox.create(), fields: { designatedAt: 'instant' } },
    validFrom: 'instant',
    validUntil: 'instant',
  },
}

/** The agencies of a file, none of whose words is passed over: an import puts the whole record in place of the old one. */
export function agenciesOf(text: string): Agency[] {
  const list = jsonOf(text)
  if (!Array.isArray(list))
    throw new NotUnderstood({
      zh: '文件应为机关的 JSON 列表',
      en: 'the file holds a list of agencies in JSON',
    })
  const values = list.map((value: unknown, index) => ({ path: `agencies[${index}]`, value }))
  mustHaveForm(values, AGENCY)
  return list.map((one) => Agency.fromJSON(one))
}

const listAgencies: Command = {
  words: 'agency list',
  takes: [],
  about: { zh: '列出机关', en: 'agencies' },
  options: {
    region: { takes: '<code>', about: { zh: '行政区划代码，6 位', en: 'region, 6 digits' } },
    level: {
      takes: Object.keys(LEVEL_WORDS).join('|'),
      about: { zh: '层级', en: 'level' },
    },
    role: { takes: Object.keys(ROLE_WORDS).join('|'), about: { zh: '职责', en: 'role' } },
    name: { takes: '<part>', about: { zh: '名称的一部分', en: 'part of a name' } },
    ...LIMIT,
  },
  async run(desk, asked) {
    const directory = await desk.directory()
    const wanted = {
      region: asked.maybe('region') ?? '',
      level: asked.oneOf('level', LEVEL_WORDS, Level.UNSPECIFIED),
      role: asked.oneOf('role', ROLE_WORDS, Role.UNSPECIFIED),
      nameContains: asked.maybe('name') ?? '',
    }
    const { items, nextPageToken } = await firstOf(asked.number('limit', 100), async (page) => {
      const answer = await directory.listAgencies({ ...wanted, ...page })
      return { items: answer.agencies, nextPageToken: answer.nextPageToken }
    })
    await desk.tell(ListAgenciesResponse.toJSON({ agencies: items, nextPageToken }), () => [
      ...items.map((agency) => agencyLine(agency, desk.language)),
      ...desk.more(nextPageToken),
    ])
  },
}

function agencyLine(agency: Agency, language: Language): string {
  const { creditCode, name, level, region, roles, mailbox, sample } = agency
  const zh = language === 'zh'
  return [
    creditCode,
    name,
    wordFor(LEVELS, level, language),
    region,
    ...roles.map((role) => wordFor(ROLES, role, language)),
    ...(mailbox === undefined ? [zh ? '无收文邮箱' : 'no mailbox'] : []),
    ...(sample ? [zh ? '样例' : 'sample'] : []),
  ].join('  ')
}

const coordinators: Command = {
  words: 'agency coordinators',
  takes: ['<code|name>'],
  about: { zh: '意见不一致时由谁协调，及理由', en: 'who coordinates a dispute, and why' },
  options: {
    party: {
      takes: '<code|name>',
      several: true,
      about: { zh: '争议的其他各方', en: 'another party to the dispute' },
    },
  },
  async run(desk, asked) {
    const directory = await desk.directory()
    const { creditCode } = await namedAgency(directory, asked.argument(0))
    const parties: string[] = []
    for (const who of asked.list('party'))
      parties.push((await namedAgency(directory, who)).creditCode)
    const request = { releasingAgency: creditCode, parties, asOf: undefined }
    const answer = await directory.resolveCoordinators(request)
    const { superiorOrgan, competentAuthority, reviewBodies } = answer
    await desk.tell(ResolveCoordinatorsResponse.toJSON(answer), () => [
      ...candidateText(desk.say('上一级行政机关', 'Superior organ'), superiorOrgan, desk.language),
      ...candidateText(
        desk.say('同级政府信息公开工作主管部门', 'Competent authority'),
        competentAuthority,
        desk.language,
      ),
      ...reviewBodies.map(({ role, agency, reasonZh, reasonEn }) =>
        [wordFor(ROLES, role, desk.language), agency || '—', desk.say(reasonZh, reasonEn)].join(
          '  ',
        ),
      ),
    ])
  },
}

function candidateText(
  title: string,
  candidate: Candidate | undefined,
  language: Language,
): string[] {
  if (candidate === undefined) return [`${title}  —`]
  const zh = language === 'zh'
  const { name, agency, reasonZh, reasonEn, excluded } = candidate
  return [
    `${title}  ${name || '—'} ${agency}`,
    `    ${zh ? reasonZh : reasonEn}`,
    ...excluded.map((one) => `    × ${one.agency}  ${zh ? one.reasonZh : one.reasonEn}`),
  ]
}

export const AGENCY_COMMANDS: readonly Command[] = [importAgencies, listAgencies, coordinators]
