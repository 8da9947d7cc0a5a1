import { describe, expect, test } from 'vitest'
import { isPublicIp, refusal } from '../../../worker/pipeline/fetch/guard.ts'

/** Addresses that lead inside, each in a way that somebody has tried. */
const HOSTILE = [
  // The machine itself
  'http://127.0.0.1/',
  'http://127.0.0.1:8787/v1/facts',
  'http://127.1/',
  'http://127.0.1/',
  'http://127.255.255.254/',
  'http://0.0.0.0/',
  'http://0/',
  'http://localhost/',
  'http://LOCALHOST/',
  'http://localhost./',
  'http://a.localhost/',
  'http://localhost.localdomain/',
  // The same in octal, decimal, hexadecimal, percent signs and full-width digits
  'http://0177.0.0.1/',
  'http://0177.0000.0000.0001/',
  'http://017700000001/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://0x7f.1/',
  'http://0x7F.0x0.0x0.0x1/',
  'http://127.0.0.0x1/',
  'http://%31%32%37.0.0.1/',
  'http://１２７.０.０.１/',
  'http://127。0。0。1/',
  'http://①②⑦.0.0.1/',
  'http://127.0.0.1./',
  'http://0x7f000001./',
  'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/',
  'http://local\thost/',
  // Private networks
  'http://10.0.0.1/',
  'http://10.255.255.255/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/admin',
  'http://192.168.1.1:8080/',
  'http://3232235777/',
  'http://0xc0a80101/',
  'http://0300.0250.0.1/',
  'http://100.64.0.1/',
  'http://198.18.0.1/',
  // Link-local, and the metadata of clouds
  'http://169.254.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://0251.0376.0251.0376/',
  'http://metadata.google.internal/computeMetadata/v1/',
  'http://100.100.100.200/latest/meta-data/',
  'http://192.0.0.192/opc/v2/instance/',
  'http://169.254.169.254./latest/',
  'http://instance-data/latest/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  // Multicast, broadcast, documentation, reserved
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://240.0.0.1/',
  'http://192.0.2.1/',
  'http://198.51.100.7/',
  'http://203.0.113.7/',
  // IPv6, and IPv4 within it
  'http://[::1]/',
  'http://[::]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[0000::1]:80/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[0:0:0:0:0:ffff:127.0.0.1]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[::1%25lo]/',
  'http://[fe80::1%25eth0]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b::10.0.0.1]/',
  'http://[64:ff9b:1::a00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2002:c0a8:101::1]/',
  'http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
  'http://[2001:db8::1]/',
  'http://[2001:10::1]/',
  'http://[5f00::1]/',
  'http://[fc00::1]/',
  'http://[fd12:3456:789a::1]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://[100::1]/',
  // Names that are of no public network
  'http://intranet/',
  'http://printer.local/',
  'http://db.internal/',
  'http://router.lan/',
  'http://nas.home/',
  'http://server.corp/',
  'http://wiki.intranet/',
  'http://box.home.arpa/',
  'http://site.test/',
  'http://hidden.onion/',
  // User names, passwords, other schemes, other ports
  'http://news.example.com@127.0.0.1/',
  'http://127.0.0.1@news.example.com/',
  'http://127.0.0.1\\@news.example.com/',
  'http://news.example.com%2f@127.0.0.1/',
  'https://user:secret@news.example.com/',
  'http://news.example.com:22/',
  'http://news.example.com:6379/',
  'http://news.example.com:25/',
  'ftp://news.example.com/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:70/',
  'data:text/html,hello',
  'javascript:alert(1)',
  'blob:https://news.example.com/1',
  'http:///etc',
  'http://',
  '//127.0.0.1/',
  'not an address',
  `https://news.example.com/${'a'.repeat(2000)}`,
  ''
]

describe('addresses that are not asked', () => {
  test('are many', () => {
    expect(new Set(HOSTILE).size).toBeGreaterThanOrEqual(100)
  })
  test.each(HOSTILE)('%s', (url) => {
    expect(refusal(url, false)).not.toBeNull()
  })
  test('are refused in sentences that repeat nothing of them', () => {
    for (const url of HOSTILE) {
      const reason = refusal(url, false) ?? ''
      expect(reason).toMatch(/^[A-Z][^<>]*\.$/)
      expect(reason).not.toMatch(/secret|passwd|127|169/)
    }
  })
})

describe('addresses of the public internet', () => {
  test.each([
    'https://news.example.com/story',
    'http://news.example.com:8080/',
    'https://news.example.com:8443/',
    'https://news.example.com./story',
    'http://93.184.216.34/',
    'http://172.15.255.255/',
    'http://172.32.0.1/',
    'http://100.63.255.255/',
    'http://[2606:4700::6810:84e5]/',
    'https://münchen.example.com/'
  ])('%s', (url) => {
    expect(refusal(url, false)).toBeNull()
  })
})

describe('the setting for local development', () => {
  test.each(['http://127.0.0.1:9000/', 'http://localhost:9000/', 'http://[::1]:9000/'])('opens %s', (url) => {
    expect(refusal(url, true)).toBeNull()
  })
  test.each(
    HOSTILE.filter(
      (url) => !/127|0177|2130706433|0x7f|localhost|local\thost|ⓛ|\[::1\]|0:0:1|①|１|%31|0000::1/i.test(url)
    )
  )('keeps %s shut', (url) => {
    expect(refusal(url, true)).not.toBeNull()
  })
})

test('what is no IP address is not public', () => {
  for (const text of ['', ':', '::::', '1::2::3', 'g::1', '12345::', '1:2:3:4:5:6:7:8:9'])
    expect(isPublicIp(text)).toBe(false)
})
