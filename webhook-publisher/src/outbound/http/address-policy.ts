import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Addresses whose first `prefix` bits are those of `base`. */
export interface Network {
  readonly base: Address;
  readonly prefix: number;
}

/** Says whether an address, as a resolver or a URL writes it, may be connected to. A text that is no address may not. */
export type AddressPolicy = (address: string) => boolean;

/** Outside of it IPv6 has loopback, local and multicast addresses, and every old way to write an IPv4 address. */
const GLOBAL_UNICAST: Network = { base: ipaddr.IPv6.parse('2000::'), prefix: 3 };

/** In a public range, yet it answers inside of Azure only, to whoever asks: the platform's own agent. */
const AZURE_AGENT = '168.63.129.16';

/**
 * Lets through what is public and unicast, and what the allowed networks hold. IPv6 that carries an IPv4 address (NAT64,
 * 6to4, Teredo, IPv4-compatible) is refused whatever it carries; only an IPv4-mapped address is judged as its IPv4,
 * because the system connects to just that.
 */
export function addressPolicy(allowed: readonly Network[]): AddressPolicy {
  return (text) => {
    if (isIP(text) === 0) return false;
    const { base: address } = unmapped(read(text), 128);
    return isPublic(address) || allowed.some((network) => holds(network, address));
  };
}

/**
 * An address that `isIP` has accepted. ipaddr.js takes ::127.0.0.1, as resolvers write an IPv4-compatible address, for
 * ::ffff:127.0.0.1, and does not read every zone; URL writes the first in hexadecimal, and a zone says which interface,
 * not which address.
 */
function read(text: string): Address {
  const [bare = ''] = text.split('%');
  return isIP(bare) === 4
    ? ipaddr.IPv4.parse(bare)
    : ipaddr.IPv6.parse(new URL(`http://[${bare}]`).hostname.slice(1, -1));
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' ? address.toString() !== AZURE_AGENT : holds(GLOBAL_UNICAST, address);
}

const holds = ({ base, prefix }: Network, address: Address): boolean =>
  base.kind() === address.kind() && address.match(base, prefix);

/**
 * Reads networks as an operator lists them: `10.1.0.0/16, fd00::/8, 192.0.2.7`, separated by commas or spaces.
 *
 * @returns the networks, and a sentence for every entry that is none.
 */
export function parseNetworks(text: string): { networks: Network[]; problems: string[] } {
  const networks: Network[] = [];
  const problems: string[] = [];
  for (const entry of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const network = parseNetwork(entry);
    if (typeof network === 'string') problems.push(network);
    else networks.push(network);
  }
  return { networks, problems };
}

/** The network, or what is wrong with it. */
function parseNetwork(entry: string): Network | string {
  const [address = '', length, ...rest] = entry.split('/');
  // ipaddr.js reads 10/8 as 0.0.0.10/8 and 010.0.0.0 as 8.0.0.0: only the usual notation is taken.
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0) return `${entry} is not a network such as 10.1.0.0/16`;
  const bits = family === 4 ? 32 : 128;
  const prefix = Number(length ?? bits);
  if (!/^\d{1,3}$/.test(length ?? '0') || prefix > bits) return `${entry} needs a prefix of 0 to ${bits}`;
  const network = unmapped(read(address), prefix);
  const base = baseOf(network);
  if (base.toString() !== network.base.toString())
    return `${entry} is an address: its network is ${base}/${network.prefix}`;
  return network;
}

/** `::ffff:10.0.0.0/104` is how IPv6 writes `10.0.0.0/8`, and mapped addresses are judged as IPv4. */
function unmapped(base: Address, prefix: number): Network {
  const isMapped = 'parts' in base && base.isIPv4MappedAddress() && prefix >= 96;
  return isMapped ? { base: base.toIPv4Address(), prefix: prefix - 96 } : { base, prefix };
}

const baseOf = ({ base, prefix }: Network): Address =>
  base.kind() === 'ipv4'
    ? ipaddr.IPv4.networkAddressFromCIDR(`${base}/${prefix}`)
    : ipaddr.IPv6.networkAddressFromCIDR(`${base}/${prefix}`);
