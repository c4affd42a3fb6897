// An agency as a person writes it: its credit code, its name, or one of its short names.
import type { Agency, DirectoryServiceClient } from '../../gen/huiqian/directory/v1/directory.js'
import { Level, Role } from '../../gen/huiqian/directory/v1/directory.js'
import { faultOfCreditCode } from '../../shared/identity/credit-code.js'
import type { connect } from '../../shared/rpc/client.js'
import { NotUnderstood } from './command.js'

type Directory = ReturnType<typeof connect<(typeof DirectoryServiceClient)['service']>>
type Found = Pick<Agency, 'creditCode' | 'name'>

const SHOWN_MAX = 5

/** The one agency of that name. A code is left to the service, which says what is wrong with it. */
export async function namedAgency(
  directory: Pick<Directory, 'listAgencies'>,
  who: string,
): Promise<Found> {
  if (faultOfCreditCode(who) === undefined || /^[0-9A-Z]{18}$/.test(who))
    return { creditCode: who, name: who }
  const { agencies } = await directory.listAgencies({
    region: '',
    level: Level.UNSPECIFIED,
    role: Role.UNSPECIFIED,
    nameContains: who,
    pageSize: 100,
    pageToken: '',
  })
  const exact = agencies.filter(({ name, aliases }) => name === who || aliases.includes(who))
  const found = exact.length > 0 ? exact : agencies
  const [only, ...others] = found
  if (only !== undefined && others.length === 0) return only
  const some = found.slice(0, SHOWN_MAX).map(({ name, creditCode }) => `${name} ${creditCode}`)
  throw new NotUnderstood(
    only === undefined
      ? { zh: `目录中没有名为“${who}”的机关`, en: `the directory has no agency named “${who}”` }
      : {
          zh: `“${who}”不止一个：${some.join('、')}`,
          en: `“${who}” is not one: ${some.join(', ')}`,
        },
  )
}
