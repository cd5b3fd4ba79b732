import { addressPolicy, parseNetworks } from './address-policy.js';

const policyWith = (networks: string) => addressPolicy(parseNetworks(networks).networks);
const onlyPublic = policyWith('');

/** First and last address of every range that is not for callbacks, with what it is. */
const REFUSED: [string, string][] = [
  ['this network', '0.0.0.0'],
  ['this network', '0.255.255.255'],
  ['private, RFC 1918', '10.0.0.0'],
  ['private, RFC 1918', '10.255.255.255'],
  ['carrier-grade NAT', '100.64.0.0'],
  ['carrier-grade NAT', '100.127.255.255'],
  ['metadata of Alibaba', '100.100.100.200'],
  ['loopback', '127.0.0.0'],
  ['loopback', '127.0.0.1'],
  ['loopback', '127.255.255.255'],
  ['link-local', '169.254.0.0'],
  ['metadata of AWS, Azure, GCP', '169.254.169.254'],
  ['metadata of ECS', '169.254.170.2'],
  ['link-local', '169.254.255.255'],
  ['private, RFC 1918', '172.16.0.0'],
  ['private, RFC 1918', '172.31.255.255'],
  ['protocol assignments', '192.0.0.0'],
  ['metadata of Oracle', '192.0.0.192'],
  ['protocol assignments', '192.0.0.255'],
  ['documentation', '192.0.2.0'],
  ['documentation', '192.0.2.255'],
  ['6to4 relays', '192.88.99.0'],
  ['6to4 relays', '192.88.99.255'],
  ['private, RFC 1918', '192.168.0.0'],
  ['private, RFC 1918', '192.168.255.255'],
  ['benchmarks', '198.18.0.0'],
  ['benchmarks', '198.19.255.255'],
  ['documentation', '198.51.100.0'],
  ['documentation', '198.51.100.255'],
  ['documentation', '203.0.113.0'],
  ['documentation', '203.0.113.255'],
  ['multicast', '224.0.0.0'],
  ['multicast', '239.255.255.255'],
  ['reserved', '240.0.0.0'],
  ['broadcast', '255.255.255.255'],
  ['the agent of Azure', '168.63.129.16'],
  ['unspecified', '::'],
  ['loopback', '::1'],
  ['loopback, written long', '0:0:0:0:0:0:0:1'],
  ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
  ['IPv4-mapped loopback in hexadecimal', '::ffff:7f00:1'],
  ['IPv4-mapped loopback in capitals', '::FFFF:7F00:0001'],
  ['IPv4-mapped metadata', '::ffff:169.254.169.254'],
  ['IPv4-mapped private', '::ffff:a00:1'],
  ['IPv4-compatible loopback', '::127.0.0.1'],
  ['IPv4-compatible public', '::93.184.216.34'],
  ['IPv4-translated', '::ffff:0:127.0.0.1'],
  ['NAT64 of loopback', '64:ff9b::7f00:1'],
  ['NAT64 of a public address', '64:ff9b::5db8:d822'],
  ['local NAT64', '64:ff9b:1::1'],
  ['discard', '100::1'],
  ['Teredo', '2001::1'],
  ['benchmarks', '2001:2::1'],
  ['ORCHID', '2001:20::1'],
  ['documentation', '2001:db8::1'],
  ['6to4 of loopback', '2002:7f00:1::'],
  ['6to4 of metadata', '2002:a9fe:a9fe::1'],
  ['6to4 of a public address', '2002:5db8:d822::1'],
  ['documentation', '3fff::1'],
  ['segment routing', '5f00::1'],
  ['outside of global unicast', '4000::1'],
  ['outside of global unicast', 'e000::1'],
  ['unique local', 'fc00::1'],
  ['metadata of AWS', 'fd00:ec2::254'],
  ['unique local', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['link-local', 'fe80::1'],
  ['link-local with a zone', 'fe80::1%eth0'],
  ['link-local with a zone of many characters', 'fe80::1%br-0.42_x'],
  ['loopback with a zone', '::1%lo'],
  ['site-local', 'fec0::1'],
  ['multicast', 'ff02::1'],
];

/** Neighbours of the ranges above, and hosts that everybody may reach. */
const ALLOWED = [
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '93.184.216.34',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '168.63.129.15',
  '168.63.129.17',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.0.3.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2001:4860:4860::8888',
  '2606:4700:4700::1111',
  '2a00:1450:4001:800::200e',
  '::ffff:93.184.216.34',
  '::ffff:5db8:d822',
];

describe('an address', () => {
  it.each(REFUSED)('that is %s is refused: %s', (_range, address) => {
    expect(onlyPublic(address)).toBe(false);
  });

  it.each(ALLOWED)('that is public is allowed: %s', (address) => {
    expect(onlyPublic(address)).toBe(true);
  });

  it.each([
    '',
    'localhost',
    'example.com',
    '127.1',
    '0x7f.1',
    '0177.0.0.1',
    '2130706433',
    '1.1.1.1.',
    '[::1]',
    '1.1.1.1/32',
    ' 1.1.1.1',
  ])('that is no address is refused: %j', (text) => {
    expect(onlyPublic(text)).toBe(false);
  });
});

describe('an allowed network', () => {
  it.each([
    ['127.0.0.0/8', '127.0.0.1'],
    ['127.0.0.0/8', '::ffff:127.0.0.1'],
    ['127.0.0.0/8', '::ffff:7fff:ffff'],
    ['::ffff:127.0.0.0/104', '127.0.0.1'],
    ['::ffff:7f00:0/104', '::ffff:127.0.0.1'],
    ['10.1.0.0/16 192.168.7.9', '10.1.255.255'],
    ['10.1.0.0/16 192.168.7.9', '192.168.7.9'],
    ['::1', '::1'],
    ['fd00::/8', 'fdab::1'],
    ['fe80::/10', 'fe80::1%eth0'],
    ['64:ff9b::/96', '64:ff9b::5db8:d822'],
    ['0.0.0.0/0', '10.0.0.1'],
  ])('%s lets %s through', (networks, address) => {
    expect(policyWith(networks)(address)).toBe(true);
  });

  it.each([
    ['127.0.0.0/8', '::1'],
    ['127.0.0.0/8', '::127.0.0.1'],
    ['127.0.0.0/8', '127.0.0.1%lo'],
    ['127.0.0.1', '127.0.0.2'],
    ['10.1.0.0/16', '10.2.0.0'],
    ['::/0', '127.0.0.1'],
    ['::1', '127.0.0.1'],
    ['fd00::/8', 'fc00::1'],
  ])('%s does not let %s through', (networks, address) => {
    expect(policyWith(networks)(address)).toBe(false);
  });
});

describe('a list of networks', () => {
  it('may be empty', () => {
    expect(parseNetworks(' , ')).toEqual({ networks: [], problems: [] });
  });

  it('is read whole, with a sentence for everything that is wrong', () => {
    const { networks, problems } = parseNetworks(
      '10.1.0.0/16, 10/8; 127.1/8,10.1.2.3/8 010.0.0.0/8,::1/129,10.0.0.0/33,10.0.0.0/,fe80::1%lo,localhost,1.1.1.1/8/8,fd12::1/8,10.0.0.0/1e1',
    );
    expect(networks).toHaveLength(1);
    expect(problems).toEqual([
      '10/8; is not a network such as 10.1.0.0/16',
      '127.1/8 is not a network such as 10.1.0.0/16',
      '10.1.2.3/8 is an address: its network is 10.0.0.0/8',
      '010.0.0.0/8 is not a network such as 10.1.0.0/16',
      '::1/129 needs a prefix of 0 to 128',
      '10.0.0.0/33 needs a prefix of 0 to 32',
      '10.0.0.0/ needs a prefix of 0 to 32',
      'fe80::1%lo is not a network such as 10.1.0.0/16',
      'localhost is not a network such as 10.1.0.0/16',
      '1.1.1.1/8/8 is not a network such as 10.1.0.0/16',
      'fd12::1/8 is an address: its network is fd00::/8',
      '10.0.0.0/1e1 needs a prefix of 0 to 32',
    ]);
  });
});
