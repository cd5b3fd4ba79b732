import { isIP } from 'node:net';
import { addressPolicy, type Network } from './address-policy.js';

/** What the operator lets callbacks reach. */
export interface SendingRules {
  /** http beside https. */
  readonly allowHttp: boolean;
  /** Networks that may be reached although they are not public. */
  readonly allowedNetworks: readonly Network[];
}

/** `problem` is a sentence for whoever wrote the URL. */
export type UrlVerdict = { allowed: true } | { allowed: false; problem: string };

export type UrlPolicy = (text: string) => UrlVerdict;

const refused = (problem: string): UrlVerdict => ({ allowed: false, problem });

/** Names for one's own machine (RFC 6761), for mDNS (RFC 6762), for a home (RFC 8375) and for private use (ICANN, 2024). */
const PRIVATE_NAMES = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/**
 * Judges a URL when somebody subscribes, so that a mistake is told at once. It looks nothing up: where a name leads is
 * judged at every connection, on the address that is connected to.
 */
export function urlPolicy({ allowHttp, allowedNetworks }: SendingRules): UrlPolicy {
  const mayConnect = addressPolicy(allowedNetworks);
  return (text) => {
    if (!URL.canParse(text)) return refused('The URL cannot be read.');
    const url = new URL(text);
    if (!isSendable(url, allowHttp))
      return refused(`The URL must begin with ${allowHttp ? 'http or https' : 'https'}.`);
    if (url.username !== '' || url.password !== '') {
      return refused('The URL must not contain credentials: callbacks are signed instead.');
    }
    // URL has made one notation of all: 127.1, 0x7f.1, 2130706433 and fullwidth digits are 127.0.0.1 here.
    const host = url.hostname.replace(/^\[|\]$|\.$/g, '');
    const reachable = isIP(host) === 0 ? mayName(host, allowedNetworks) : mayConnect(host);
    return reachable ? { allowed: true } : refused(`${url.hostname} is not a public host.`);
  };
}

/** Whether callbacks use the scheme of a URL. */
export const isSendable = ({ protocol }: URL, allowHttp: boolean): boolean =>
  protocol === 'https:' || (allowHttp && protocol === 'http:');

/** Names that are never public: the private ones, and names of one label, which only a local resolver knows. */
export function isPrivateName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  return !name.includes('.') || PRIVATE_NAMES.test(name);
}

const mayName = (host: string, allowedNetworks: readonly Network[]): boolean =>
  !isPrivateName(host) || allowedNetworks.length > 0;
