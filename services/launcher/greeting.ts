// What `npm start` says when the house stands: where it is, as whom to call it, and what to try next.
import { relative } from 'node:path'
import { fileOf, type Subject } from './certificates.js'
import type { Played } from './ready-agencies.js'

export type Standing = {
  readonly address: string
  readonly metricsAddress: string | undefined
  readonly bus: 'nats' | 'own-nats' | 'in-process'
  readonly data: string
  readonly certificates: string
  readonly services: readonly string[]
  /**
   * Two agencies whose certificates lie ready: one to submit, one to receive; fewer where the directory has no such,
   * undefined where nobody's certificates are made here.
   */
  readonly agencies: readonly Played[] | undefined
}

const BUS = {
  nats: { zh: '已配置的 NATS', en: 'the configured NATS' },
  'own-nats': { zh: '自带的 nats-server 子进程', en: 'a nats-server of its own' },
  'in-process': { zh: '进程内', en: 'in process' },
} as const

/** The greeting, Chinese first, and three commands that can be copied. */
export function greeting(standing: Standing, folder: string): string {
  const { address, metricsAddress, bus, data, certificates, services } = standing
  const short = relative(folder, certificates)
  const room = short.startsWith('..') ? certificates : short
  return [
    `会签 Huiqian 已启动 / is running: ${address} (gRPC, mTLS)`,
    `  服务 services: ${services.join(', ')} · 公告 announcements: ${BUS[bus].zh} / ${BUS[bus].en}`,
    `  数据 data: ${data} · 证书 certificates: ${certificates}`,
    ...(metricsAddress === undefined ? [] : [`  指标 metrics: http://${metricsAddress}/metrics`]),
    '',
    ...commands(standing, room),
    'Ctrl-C 停止 / stops it.',
    '',
  ].join('\n')
}

function commands({ address, agencies, services }: Standing, room: string): readonly string[] {
  if (agencies === undefined) return []
  const huiqian = (subject: Subject, words: string): string =>
    `  npm run -s huiqian -- ${words} --as ${fileOf(subject)} --address ${address} --certificates ${room}`
  const admin: Subject = { kind: 'operator', name: 'admin' }
  const desk = (code: string): Subject => ({ kind: 'agency', code })
  const [releasing, affected] = agencies
  if (releasing === undefined || affected === undefined)
    return [
      '目录中还没有可用的机关，请先导入 / the directory has no agencies to act as yet; import some:',
      '  # agencies.json：JSON 列表，形如 / a list in JSON, as services/directory/sample/qingyuan.json',
      huiqian(admin, 'agency import agencies.json'),
      huiqian(admin, 'agency list'),
      ...(services.includes('coordination') ? [huiqian(admin, 'clock show')] : []),
      '有收文邮箱的机关，证书随即备好 / agencies with a mailbox get their certificates at once.',
      '',
    ]
  return [
    '接着可以试 / next, try:',
    huiqian(admin, 'agency list'),
    `  # ${releasing.name} → ${affected.name}`,
    huiqian(
      desk(releasing.code),
      `release submit --title 试稿 --text 试发布的内容 --affects ${affected.code}:concerns:内容涉及该机关职责 --origin made --attribute active --secrecy-review 保密员`,
    ),
    huiqian(desk(affected.code), 'mailbox list'),
    '',
  ]
}
