import { BlockList, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { openApiDocument } from '../../api-gateway/src/docs/openapi.js';
import { addressPolicy, parseNetworks } from '../../webhook-publisher/src/outbound/http/address-policy.js';
import { type Rendered, render, withFunctions } from './chart.js';

const large = render('large', ...withFunctions);

const policyOf = (rendered: Rendered, name: string) => {
  const { spec } = rendered.one('NetworkPolicy', name);
  if (!spec) throw new Error(`${name} is empty`);
  return spec;
};
const portsOf = (part: string): unknown[] =>
  (policyOf(large, part).egress ?? []).flatMap(({ ports = [] }) => ports.map(({ port }) => port)).sort();

/** Whether the addresses of a policy's rules, exceptions taken off, hold one. */
function reaches(rendered: Rendered, part: string): (address: string) => boolean {
  const blocks = (policyOf(rendered, part).egress ?? [])
    .flatMap(({ to = [] }) => to)
    .flatMap(({ ipBlock }) => (ipBlock ? [ipBlock] : []))
    .map(({ cidr, except = [] }) => ({ whole: listOf([cidr]), except: listOf(except) }));
  return (address) => {
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    return blocks.some(({ whole, except }) => whole.check(address, family) && !except.check(address, family));
  };
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

// Most random addresses are public: two thirds of these lie in or beside the networks that are not.
const starts4 = [
  ...['0', '10', '11', '100.64', '100.128', '127', '168.63.129', '169.254', '172.16', '172.32', '192.0.0', '192.0.2'],
  ...['192.31.196', '192.52.193', '192.88.99', '192.168', '192.175.48', '198.18', '198.20', '198.51.100'],
  ...['203.0.113', '224', '240', '255'],
];
const starts6 = [
  ...['64:ff9b', '2000', '2001:0', '2001:1ff', '2001:200', '2001:db8', '2001:db9', '2002', '2003', '2620:4f:8000'],
  ...['3fff:0', '3fff:1000', '4000', 'fc00', 'fe80', 'ff02'],
];
const near4 = fc
  .tuple(fc.constantFrom(...starts4), fc.ipV4())
  .map(([start, rest]) => [...start.split('.'), ...rest.split('.')].slice(0, 4).join('.'));
const near6 = fc
  .tuple(fc.constantFrom(...starts6), fc.integer({ min: 0, max: 0xffff }), fc.boolean())
  .map(([start, end, far]) => `${start}${far ? `:${end.toString(16)}` : ''}::${end.toString(16)}`);
const addresses = fc.oneof(near4, near6, fc.ipV4(), fc.ipV6());

describe('the network policies', () => {
  it('deny what none of them allows', () => {
    const { podSelector, ingress, egress, policyTypes } = policyOf(large, 'default-deny');
    expect({ ingress, egress, policyTypes }).toEqual({ policyTypes: ['Ingress', 'Egress'] });
    for (const { spec } of large.all('Deployment')) {
      expect(spec?.template.metadata?.labels).toMatchObject(podSelector?.matchLabels ?? { nothing: '' });
    }
  });

  it('let every part reach the servers that it uses, and no other', () => {
    expect(portsOf('api-gateway')).toEqual([5671, 5672, 6379]);
    for (const part of ['orders-service', 'products-service']) expect(portsOf(part)).toEqual([5432, 5671, 5672, 6379]);
    expect(portsOf('webhook-publisher')).toEqual([3004, 3005, 5432, 5671, 5672, 6379]);
    for (const part of ['logger', 'notifier']) expect(portsOf(part)).toEqual([443]);
  });

  it('let callbacks go where the publisher lets them go', () => {
    const reached = reaches(large, 'webhook-publisher');
    const allowed = addressPolicy([]);
    fc.assert(
      fc.property(addresses, (address) => {
        expect([address, reached(address)]).toEqual([address, allowed(address)]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('let callbacks go to the networks that the publisher is told of', () => {
    const networks = '10.9.0.0/16, 10.8.0.1 fd00::7';
    const setting = `webhooks.env.WEBHOOK_ALLOWED_NETWORKS=${networks.replaceAll(',', '\\,')}`;
    const reached = reaches(render('small', setting), 'webhook-publisher');
    const allowed = addressPolicy(parseNetworks(networks).networks);
    const asked = ['10.9.255.255', '10.8.0.1', '10.8.0.2', 'fd00::7', 'fd00::8', '8.8.8.8', '10.10.0.1'];
    expect(asked.map(reached)).toEqual(asked.map(allowed));
  });

  it('let nobody but the publisher call the functions', () => {
    const [rule, ...others] = policyOf(large, 'logger').ingress ?? [];
    expect(others).toEqual([]);
    expect(rule?.from?.map(({ podSelector }) => podSelector?.matchLabels?.['app.kubernetes.io/component'])).toEqual([
      'webhook-publisher',
    ]);
  });
});

describe('the ingress', () => {
  const paths = large.one('Ingress', 'api-gateway').spec?.rules?.[0]?.http?.paths.map(({ path = '' }) => path) ?? [];
  const isServed = (path: string) => paths.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));

  it('serves the whole API and nothing that is for the cluster', () => {
    const optional = ['/docs', '/openapi.json', '/asyncapi.json'];
    const forTheCluster = ['/health/live', '/health/ready', '/metrics'];
    const described = Object.keys(openApiDocument().paths);
    const missing = described.filter((path) => ![...optional, ...forTheCluster].includes(path) && !isServed(path));
    expect(missing).toEqual([]);
    expect(forTheCluster.filter(isServed)).toEqual([]);
  });
});
