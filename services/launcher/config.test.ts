// The configuration of a process: complete by default, and refused with one clear message otherwise.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { settingsTable } from '../../shared/process/environment.js'
import { readConfig, SETTINGS } from './config.js'

describe('the configuration', () => {
  test('is complete where nothing is set', () => {
    const { house, level } = readConfig({ PATH: '/usr/bin' })
    expect(level).toBe('info')
    expect(house).toMatchObject({
      ...{ data: './data', address: '127.0.0.1:7443', defaultPack: 'qingyuan-2011' },
      services: ['directory', 'delivery', 'coordination', 'escalation'],
      bus: { kind: 'own' },
      databases: { kind: 'sqlite' },
      certificates: { kind: 'development' },
      metrics: '127.0.0.1:7444',
      sample: true,
    })
    expect(Object.isFrozen(house)).toBe(true)
  })

  test('reads a service in a process of its own, with its peers', () => {
    const { house } = readConfig({
      HUIQIAN_SERVICES: 'coordination',
      HUIQIAN_PEER_DIRECTORY: 'directory.internal:7443',
      HUIQIAN_PEER_DELIVERY: '10.0.0.7:7443',
      HUIQIAN_DATABASE: 'postgres://huiqian@db/huiqian',
      HUIQIAN_BUS: 'nats://one:4222, nats://two:4222',
      HUIQIAN_NATS_KEYS: '/etc/huiqian/nats',
      HUIQIAN_CERTIFICATES: '/etc/huiqian/certificates',
      HUIQIAN_METRICS: 'off',
    })
    expect(house).toMatchObject({
      services: ['coordination'],
      peers: { directory: 'directory.internal:7443', delivery: '10.0.0.7:7443' },
      databases: { kind: 'postgres', schemaPrefix: 'huiqian_' },
      bus: { servers: ['nats://one:4222', 'nats://two:4222'], keys: '/etc/huiqian/nats' },
      certificates: { kind: 'given', folder: '/etc/huiqian/certificates' },
      metrics: undefined,
    })
  })

  test('reads the mail server, which is always spoken to over TLS', () => {
    const smtpOf = (url: string) =>
      readConfig({ HUIQIAN_SMTP: url, HUIQIAN_SMTP_FROM: 'a@b.test' }).house.notifications
    expect(readConfig({}).house.notifications).toEqual({ allowPrivate: false })
    expect(smtpOf('smtps://us%40er:pass%3Aword@mail.test')).toMatchObject({
      smtp: { host: 'mail.test', port: 465, secure: true, user: 'us@er', password: 'pass:word' },
    })
    expect(smtpOf('smtp://mail.test')).toMatchObject({
      smtp: { port: 587, secure: false, user: '', from: 'a@b.test' },
    })
  })

  test.each([
    ['a misspelt setting', { HUIQIAN_DATABSE: 'sqlite' }, 'HUIQIAN_DATABSE: there is no such'],
    ['a service that there is not', { HUIQIAN_SERVICES: 'audit' }, 'HUIQIAN_SERVICES: expected'],
    ['no service', { HUIQIAN_SERVICES: ',' }, 'HUIQIAN_SERVICES: expected'],
    ['a database of another kind', { HUIQIAN_DATABASE: 'mysql://x' }, 'HUIQIAN_DATABASE: expected'],
    ['another bus', { HUIQIAN_BUS: 'kafka://x' }, 'HUIQIAN_BUS: expected'],
    ['a broker without keys', { HUIQIAN_BUS: 'nats://x:1' }, 'HUIQIAN_NATS_KEYS'],
    ['a peer without a port', { HUIQIAN_PEER_DIRECTORY: 'x' }, 'HUIQIAN_PEER_DIRECTORY: expected'],
    ['metrics nowhere', { HUIQIAN_METRICS: 'yes' }, 'HUIQIAN_METRICS: expected'],
    ['a font that is not there', { HUIQIAN_FONT_BODY: '/nowhere.ttf' }, 'HUIQIAN_FONT_BODY'],
    ['a font that is a folder', { HUIQIAN_FONT_TITLE: '/' }, 'HUIQIAN_FONT_TITLE'],
    [
      'a mail server of another kind',
      { HUIQIAN_SMTP: 'http://CANARY@x' },
      'HUIQIAN_SMTP: expected',
    ],
    ['mail from nowhere', { HUIQIAN_SMTP: 'smtps://x' }, 'HUIQIAN_SMTP_FROM'],
    ['authorities that are none', { HUIQIAN_NOTIFY_CA: 'package.json' }, 'HUIQIAN_NOTIFY_CA'],
    ['settling below the cap of calls', { HUIQIAN_SETTLING_MS: '100' }, 'HUIQIAN_SETTLING_MS'],
  ])('with %s is refused', (_, env, message) => {
    expect(() => readConfig(env)).toThrow(message)
  })

  test('never shows the secrets of a database’s url', () => {
    const url = 'postgress://huiqian:CANARY@db/huiqian'
    expect(() => readConfig({ HUIQIAN_DATABASE: url })).toThrow(/^(?!.*CANARY)/s)
  })

  test('is the table of the README', () => {
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
    expect(readme).toContain(settingsTable(SETTINGS))
  })
})
