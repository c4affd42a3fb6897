// Why a certificate gives no identity, in words for both languages. The code is what programs compare.
import { Refusal } from '../refusal/refusal.js'

const FAULTS = {
  'credit-code': {
    zh: 'URI 中的统一社会信用代码无效',
    en: 'the credit code in its URI is not valid',
  },
  expired: { zh: '证书已过有效期', en: 'it has expired' },
  'is-an-authority': { zh: '这是签发机构的证书', en: 'it is the certificate of an authority' },
  'no-certificate': { zh: '没有出示受信任的证书', en: 'no trusted certificate was shown' },
  'no-uri-san': { zh: '证书没有 URI SAN', en: 'it has no URI SAN' },
  'not-a-spiffe-uri': {
    zh: 'URI SAN 不是 spiffe:// 地址',
    en: 'its URI SAN is not a spiffe:// address',
  },
  'not-yet-valid': { zh: '证书尚未生效', en: 'it is not valid yet' },
  'other-trust-domain': { zh: '证书属于其他信任域', en: 'it belongs to another trust domain' },
  path: {
    zh: 'URI 路径不是 agency、service、operator、auditor 之一的规定形式',
    en: 'the path of its URI is none of the agency, service, operator and auditor forms',
  },
  revoked: { zh: '证书已被吊销', en: 'it has been revoked' },
  'san-extension-repeated': { zh: '证书有多个 SAN 扩展', en: 'it has more than one SAN extension' },
  'several-uri-sans': { zh: '证书有多个 URI SAN', en: 'it has more than one URI SAN' },
  unreadable: { zh: '证书无法解析', en: 'it cannot be read' },
} as const satisfies Record<string, { zh: string; en: string }>

export type CertificateFault = keyof typeof FAULTS

/** The refusal for a certificate that gives no identity, naming why. */
export function certificateRefused(fault: CertificateFault): Refusal {
  const { zh, en } = FAULTS[fault]
  return new Refusal('unauthenticated', 'UNAUTHENTICATED', 'house/identity', {
    why: fault,
    why_zh: zh,
    why_en: en,
  })
}
