// Commands have one reading, or are refused. Told on a real contract, with another encoder's bytes, too.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { loadFileDescriptorSetFromBuffer, type ServiceDefinition } from '@grpc/proto-loader'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  GetReleaseRequest,
  SubmitReleaseRequest,
} from '../../gen/huiqian/coordination/v1/release.js'
import { readable, readingSafely, UNREADABLE } from './unreadable.js'

const submit = readingSafely(
  (bytes: Buffer) => SubmitReleaseRequest.decode(bytes),
  (value) => Buffer.from(SubmitReleaseRequest.encode(value).finish()),
)
const get = readingSafely(
  (bytes: Buffer) => GetReleaseRequest.decode(bytes),
  (value) => Buffer.from(GetReleaseRequest.encode(value).finish()),
)
const bytesOf = (value: Parameters<typeof SubmitReleaseRequest.fromPartial>[0]): Buffer =>
  Buffer.from(SubmitReleaseRequest.encode(SubmitReleaseRequest.fromPartial(value)).finish())

const COMMAND = {
  requestId: 'r-1',
  title: '水库水位',
  text: '第一条',
  affected: [{ agency: 'A', reason: '' }],
  attachments: ['', 'b'],
}
const WHOLE = bytesOf(COMMAND)
const field = (number: number, bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([
      (((number << 3) | 2) & 0x7f) | (number > 15 ? 0x80 : 0),
      ...(number > 15 ? [number >> 4] : []),
      bytes.length,
    ]),
    bytes,
  ])

describe('a command', () => {
  test('as it should be is read', () => {
    expect(submit(WHOLE)).toMatchObject({ requestId: 'r-1', title: '水库水位' })
  })
  test.each([
    [
      'with a field that the contract does not have',
      Buffer.concat([WHOLE, field(99, Buffer.from('but only if'))]),
    ],
    ['with a field given twice', Buffer.concat([WHOLE, field(2, Buffer.from('another title'))])],
    [
      'whose text is broken',
      Buffer.concat([bytesOf({ requestId: 'r-1' }), field(2, Buffer.from([0x61, 0xff, 0x62]))]),
    ],
    [
      'with a field in a part that the contract does not have',
      Buffer.concat([bytesOf({ requestId: 'r' }), field(7, field(99, Buffer.from('x')))]),
    ],
    ['with another value before the last', Buffer.concat([field(2, Buffer.from('a')), WHOLE])],
    ['that is cut off', WHOLE.subarray(0, -1)],
    ['with a group', Buffer.concat([WHOLE, Buffer.from([0x9b, 0x06, 0x9c, 0x06])])],
  ])('%s is not', (_, bytes) => {
    expect(submit(bytes)).toBe(UNREADABLE)
    expect(() => readable(submit(bytes))).toThrow('REQUEST_UNREADABLE')
  })
  test('is read whatever encoder wrote it, in whatever order of fields', () => {
    const image = fileURLToPath(new URL('../../gen/image.binpb', import.meta.url))
    const contract = loadFileDescriptorSetFromBuffer(readFileSync(image))
    const service = contract['huiqian.coordination.v1.ReleaseService'] as ServiceDefinition
    const { requestSerialize } = service['SubmitRelease'] as ServiceDefinition[string]
    fc.assert(
      fc.property(
        fc.record({
          requestId: fc.string({ minLength: 1 }),
          title: fc.string({ unit: 'grapheme' }),
          attachments: fc.array(fc.string()),
          affected: fc.array(
            fc.record({ agency: fc.string(), trigger: fc.nat(3), reason: fc.string() }),
          ),
          attribute: fc.nat(2),
          origin: fc.option(fc.record({ kind: fc.nat(2), basis: fc.string() }), { nil: undefined }),
        }),
        (command) => {
          const { requestId, ...others } = command
          const bytes = requestSerialize({ request_id: requestId, ...others })
          expect(submit(bytes)).toMatchObject({
            requestId: command.requestId,
            title: command.title,
          })
        },
      ),
    )
    const backwards = Buffer.concat([field(2, Buffer.from('t')), field(1, Buffer.from('r-1'))])
    expect(submit(backwards)).toMatchObject({ requestId: 'r-1', title: 't' })
  })
  test('of random bytes is refused or read, never more', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = submit(Buffer.from(bytes))
        expect(read === UNREADABLE || typeof read === 'object').toBe(true)
      }),
    )
  })
})

describe('a question', () => {
  test('may have in it what a newer contract has: nothing is decided on it', () => {
    const bytes = Buffer.from(
      GetReleaseRequest.encode(GetReleaseRequest.fromPartial({ releaseId: 'a' })).finish(),
    )
    expect(get(Buffer.concat([bytes, field(99, Buffer.from('x'))]))).toMatchObject({
      releaseId: 'a',
    })
  })
})
