/*
 * Which addresses the service may ask. A server that fetches what strangers name is a door into the network it stands
 * in: to the machine itself, to its neighbours, to the metadata of its cloud. Whatever is not plainly public is refused.
 *
 * `URL` has already undone the disguises of hosts: octal, decimal and hexadecimal IPv4, percent signs, full-width digits.
 */

/** Ranges of IPv4 that are no public host (IANA special-purpose registry, RFC 6890): network, prefix length. */
const IPV4_RANGES: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4]
]

/** Endings of names that lead inside: reserved (RFC 2606, 6761, 6762, 8375), or used so by custom. */
const INNER_NAMES =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|private|corp|home|lan|test|invalid|onion|arpa)$/

/** Ports of web servers. Others would make the service a scanner of ports. */
const PORTS = new Set(['', '80', '443', '8080', '8443'])

/** Characters of an address, as of one that is handed in. A redirect could name one that robots.txt is long compared with. */
const LONGEST = 2000

const ipv4Number = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

const isIpv4 = (host: string): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)

function isPublicIpv4(address: string): boolean {
  const number = ipv4Number(address)
  return !IPV4_RANGES.some(([network, bits]) => {
    const size = 2 ** (32 - bits)
    return Math.floor(number / size) === Math.floor(ipv4Number(network) / size)
  })
}

/** The eight groups of an IPv6 address; null where it is none. An IPv4 tail becomes two groups. */
function ipv6Groups(address: string): number[] | null {
  const tail = /(?:^|:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address)?.[1]
  let text = address
  if (tail !== undefined) {
    const number = ipv4Number(tail)
    text = `${address.slice(0, -tail.length)}${Math.floor(number / 65_536).toString(16)}:${(number % 65_536).toString(16)}`
  }
  const [head = '', rest, ...more] = text.split('::')
  if (more.length > 0) return null
  const groups = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  const first = groups(head)
  const last = rest === undefined ? [] : groups(rest)
  const missing = 8 - first.length - last.length
  if (rest === undefined ? missing !== 0 : missing < 0) return null
  const all = [...first, ...Array.from({ length: missing }, () => 0), ...last]
  return all.every((group) => group >= 0 && group <= 0xffff) ? all : null
}

/** Global unicast alone (2000::/3), without the forms that wrap or tunnel another address. */
function isPublicIpv6(address: string): boolean {
  const groups = ipv6Groups(address)
  if (groups === null) return false
  const [a = 0, b = 0] = groups
  if (a < 0x2000 || a > 0x3fff) return false
  // Teredo and other protocol assignments, documentation, 6to4.
  if (a === 0x2001 && (b < 0x200 || b === 0xdb8)) return false
  return a !== 0x2002 && !(a === 0x3fff && b < 0x1000)
}

/** Whether an IP address, without brackets, is one of the public internet. */
export const isPublicIp = (address: string): boolean =>
  isIpv4(address) ? isPublicIpv4(address) : isPublicIpv6(address.toLowerCase())

/** Whether the host of a URL is an IP address and not a name. */
export const isIpHost = (host: string): boolean => isIpv4(host) || host.startsWith('[')

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || (isIpv4(host) && host.startsWith('127.'))

/**
 * Why an address may not be asked, as a sentence for whoever sent it; null where it may. Names are still to be resolved:
 * the address behind a public name can be a private one.
 *
 * @param loopback the one setting for local development: the machine itself, at any port, may be asked
 */
export function refusal(address: string, loopback: boolean): string | null {
  if (address.length > LONGEST) return `The address has more than ${LONGEST.toLocaleString('en')} characters.`
  if (!URL.canParse(address)) return 'The address is no URL.'
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return 'Only http and https addresses are fetched.'
  if (url.username !== '' || url.password !== '')
    return 'Addresses with a user name or a password are not fetched.'
  const host = url.hostname.replace(/\.$/, '')
  if (loopback && isLoopback(host)) return null
  if (!PORTS.has(url.port)) return 'The port is none of web servers: 80, 443, 8080 or 8443.'
  const isPublic = isIpHost(host) ? isPublicIp(host.replace(/^\[|\]$/g, '')) : isPublicName(host)
  return isPublic ? null : 'The address is not of the public internet.'
}

const isPublicName = (host: string): boolean =>
  host.includes('.') && host.length <= 253 && !INNER_NAMES.test(host) && !/\.\d+$/.test(host)
