import { connect as connectPlain, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectSecure, type SecureContext } from 'node:tls';
import { type buildConnector } from 'undici';
import { type AddressPolicy } from './address-policy.js';
import { AttemptFailure, connectFailure } from './attempt-failure.js';
import { type Resolve } from './name-sources.js';

export interface ConnectRules {
  readonly mayConnect: AddressPolicy;
  readonly resolve: Resolve;
  readonly secureContext: SecureContext;
}

/**
 * Node's 250 ms give up on addresses that are only far away: TLS and TCP to another continent, or a lost SYN, take longer.
 * A second per address leaves time for ten of them in the deadline.
 */
const ATTEMPT_PER_ADDRESS_MS = 1_000;

/**
 * Opens a connection for undici, to addresses that were judged and to no others: the socket gets the judged list itself
 * and looks nothing up again, so a name cannot change its address in between. A literal address in the URL is never looked
 * up, so it is judged here. TLS is agreed for, and its certificate judged by, the name in the URL.
 *
 * @returns the socket, to be destroyed by who no longer waits; undefined where none was opened.
 */
export function checkedConnect(
  to: buildConnector.Options,
  rules: ConnectRules,
  callback: buildConnector.Callback,
): Socket | undefined {
  const { hostname } = to;
  if (isIP(hostname) !== 0 && !rules.mayConnect(hostname)) {
    queueMicrotask(() => callback(notAllowed(hostname), null));
    return undefined;
  }
  const secure = to.protocol === 'https:';
  const socket = secure ? openSecure(to, rules) : connectPlain(socketOptions(to, 80, rules));
  let connected = false;
  let pending = true;
  const settle = (...result: Parameters<buildConnector.Callback>): void => {
    if (pending) callback(...result);
    pending = false;
  };
  socket.once('connect', () => {
    connected = true;
  });
  socket.once(secure ? 'secureConnect' : 'connect', () => settle(null, socket));
  socket.on('error', (error) => {
    settle(connectFailure(error, hostname, secure && connected), null);
    // A TLS alert after the handshake leaves the socket open; undici would wait, and then tell only of its end.
    socket.destroy();
  });
  return socket;
}

const openSecure = (to: buildConnector.Options, rules: ConnectRules): Socket =>
  connectSecure({
    ...socketOptions(to, 443, rules),
    secureContext: rules.secureContext,
    ALPNProtocols: ['http/1.1'],
    // RFC 6066 forbids addresses as server names; the certificate is compared with the host then.
    ...(isIP(to.hostname) === 0 ? { servername: to.hostname } : {}),
  });

const socketOptions = ({ hostname, port }: buildConnector.Options, defaultPort: number, rules: ConnectRules) => ({
  host: hostname,
  port: port === '' ? defaultPort : Number(port),
  lookup: judgedLookup(rules),
  noDelay: true,
  // With it, and only with it, the socket asks for all addresses at once.
  autoSelectFamily: true,
  autoSelectFamilyAttemptTimeout: ATTEMPT_PER_ADDRESS_MS,
});

const judgedLookup =
  ({ mayConnect, resolve }: ConnectRules): LookupFunction =>
  (hostname, _options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const allowed = addresses.filter(({ address }) => mayConnect(address));
        if (allowed.length > 0) callback(null, allowed);
        else callback(addresses.length > 0 ? notAllowed(hostname) : notResolved(hostname), []);
      },
      (error: NodeJS.ErrnoException) => callback(notResolved(hostname, error), []),
    );
  };

const notAllowed = (host: string): AttemptFailure =>
  new AttemptFailure('ADDRESS_NOT_ALLOWED', `${host} leads to an address that callbacks are not sent to.`);

const notResolved = (host: string, cause?: NodeJS.ErrnoException): AttemptFailure =>
  new AttemptFailure('NAME_NOT_RESOLVED', `The name ${host} is not found (${cause?.code ?? 'no address'}).`);
