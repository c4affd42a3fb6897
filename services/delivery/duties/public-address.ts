// Which addresses a webhook may go to: public ones. A hook is an address that somebody else chose, and
// our network is not theirs to reach into. The special ranges of RFC 6890 and its successors.
import { BlockList, isIP } from 'node:net'

const PRIVATE_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const

/** Global unicast; everything else is none of the world's. */
const GLOBAL_V6 = ['2000::', 3] as const
/** Within it: protocol assignments and Teredo, documentation, 6to4 (which hides a v4 address). */
const PRIVATE_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const refused = new BlockList()
for (const [net, prefix] of PRIVATE_V4) refused.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of PRIVATE_V6) refused.addSubnet(net, prefix, 'ipv6')
const global = new BlockList()
global.addSubnet(...GLOBAL_V6, 'ipv6')

/** Whether an IP address, v4 or v6, belongs to the public internet. What is no address does not. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refused.check(address, 'ipv4')
    case 6:
      return global.check(address, 'ipv6') && !refused.check(address, 'ipv6')
    default:
      return false
  }
}
