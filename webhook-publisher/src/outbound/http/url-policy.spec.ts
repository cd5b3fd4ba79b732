import { parseNetworks } from './address-policy.js';
import { urlPolicy } from './url-policy.js';

const judge = (url: string, { allowHttp = true, networks = '' } = {}) =>
  urlPolicy({ allowHttp, allowedNetworks: parseNetworks(networks).networks })(url);

const LOOPBACK = '127.0.0.0/8';

/** One address, as those write it who want to get around a filter. */
const LOOPBACK_NOTATIONS = [
  'http://127.0.0.1/',
  'http://127.0.0.1:8080/hook?x=1',
  'http://127.1/',
  'http://127.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0x7f000001/',
  'http://0X7F.0.0.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://0177.0x0.0.1/',
  'http://127.0.0.1./',
  'http://127%2e0%2e0%2e1/',
  'http://%31%32%37.0.0.1/',
  'http://127。0。0。1/',
  'http://１２７.０.０.１/',
  'http://①②⑦.⓪.⓪.①/',
  'http:127.0.0.1/',
  'http:\\\\127.0.0.1\\',
  'http:////127.0.0.1/',
  ' http://127.0.0.1/ ',
  'ht\ntp://127.0.0.1/',
  'HTTP://127.0.0.1/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::FFFF:7F00:0001]/',
  'http://[0:0:0:0:0:ffff:127.0.0.1]/',
];

const OTHER_LITERALS = [
  'http://0/',
  'http://0.0.0.0/',
  'http://[::]/',
  'http://[::1]/',
  'http://[0000:0000:0000:0000:0000:0000:0000:0001]/',
  'http://[::127.0.0.1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://0xa9fea9fe/',
  'http://2852039166/',
  'http://[::ffff:169.254.169.254]/',
  'http://[fd00:ec2::254]/',
  'http://10.0.0.1/',
  'http://012.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.0.1/',
  'http://100.64.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[fe80::1]/',
  'http://[ff02::1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
];

describe('a URL', () => {
  it.each([
    'https://example.com/hooks',
    'https://93.184.216.34/',
    'https://[2606:4700::1111]:8443/',
    'https://bücher.example/',
  ])('of a public host is allowed: %s', (url) => {
    expect(judge(url, { allowHttp: false })).toEqual({ allowed: true });
  });

  it.each(LOOPBACK_NOTATIONS)('of the own machine is refused, and allowed where loopback is: %j', (url) => {
    expect(judge(url)).toEqual({ allowed: false, problem: expect.stringContaining('is not a public host') });
    expect(judge(url, { networks: LOOPBACK })).toEqual({ allowed: true });
  });

  it.each(OTHER_LITERALS)('of an address that is not public is refused, also where loopback is allowed: %s', (url) => {
    expect(judge(url, { networks: LOOPBACK })).toEqual({
      allowed: false,
      problem: expect.stringContaining('public host'),
    });
  });

  it.each([
    'http://localhost/',
    'http://LOCALHOST/',
    'http://localhost./',
    'http://api.localhost:3000/',
    'http://ｌｏｃａｌｈｏｓｔ/',
    'http://printer.local/',
    'http://metadata.google.internal/',
    'http://nas.home.arpa/',
    'http://redis:6379/',
  ])('of a private name is refused, and left to the connection where networks are allowed: %s', (url) => {
    expect(judge(url)).toEqual({ allowed: false, problem: expect.stringContaining('is not a public host') });
    expect(judge(url, { networks: LOOPBACK })).toEqual({ allowed: true });
  });

  it.each(['http://mylocalhost.com/', 'http://local.example/', 'http://internal.example.com/'])(
    'of a name that only looks private is allowed: %s',
    (url) => {
      expect(judge(url)).toEqual({ allowed: true });
    },
  );

  it('of http is allowed where http is', () => {
    expect(judge('http://example.com/')).toEqual({ allowed: true });
    expect(judge('http://example.com/', { allowHttp: false })).toEqual({
      allowed: false,
      problem: 'The URL must begin with https.',
    });
  });

  it.each([
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'ws://example.com/',
    'data:,x',
    'javascript:0',
  ])('of another scheme is refused: %s', (url) => {
    expect(judge(url)).toEqual({ allowed: false, problem: 'The URL must begin with http or https.' });
  });

  it.each(['https://user:secret@example.com/', 'https://user@example.com/', 'https://:secret@example.com/'])(
    'with credentials is refused: %s',
    (url) => {
      expect(judge(url)).toEqual({ allowed: false, problem: expect.stringContaining('credentials') });
    },
  );

  it.each([
    '',
    'example.com',
    'http://',
    'http://[::1%25lo]/',
    'http://[::1%lo]/',
    'http://1.2.3.4.5/',
    'http://256.1.1.1/',
    'http://exa mple/',
  ])('that cannot be read is refused: %j', (url) => {
    expect(judge(url)).toEqual({ allowed: false, problem: 'The URL cannot be read.' });
  });
});
