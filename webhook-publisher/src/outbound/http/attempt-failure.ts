import { type AttemptError } from '@holdfast/contracts';
import { type AttemptOutcome } from '../../app/ports.js';
import { harmlessText } from './answer-text.js';

/** Why an attempt has no answer. The message is a sentence for the subscription's owner: no address of our network in it. */
export class AttemptFailure extends Error {
  override readonly name = 'AttemptFailure';
  readonly error: AttemptError;

  constructor(error: AttemptError, message: string) {
    super(message);
    this.error = error;
  }
}

/** A certificate names as many hosts as it likes. */
const MAX_REASON_LENGTH = 300;

/** Codes of net, TLS and undici that are no AttemptFailure yet. */
interface CodedError extends Error {
  code?: string;
  /** What OpenSSL says, without the place in its sources. */
  reason?: string;
}

/** undici's parser errors have a name, and no code. */
const MALFORMED = /^HTTPParserError$|^UND_ERR_(HEADERS_OVERFLOW|RES_CONTENT_LENGTH_MISMATCH)$/;
const TLS = /^ERR_(SSL|TLS)_|^EPROTO$/;
/** The peer or the network ended a connection that stood. */
const RESET = /^(ECONNRESET|EPIPE|ECONNABORTED)$/;

/** What went wrong before there was a connection. `secured` says that TCP stood and TLS was being agreed. */
export function connectFailure(error: CodedError, host: string, secured: boolean): AttemptFailure {
  if (error instanceof AttemptFailure) return error;
  const code = error.code ?? error.name;
  if (RESET.test(code)) return new AttemptFailure('CONNECTION_RESET', `${host} broke the connection off (${code}).`);
  if (secured) return tlsFailure(error, host);
  if (code === 'ECONNREFUSED') return new AttemptFailure('CONNECTION_REFUSED', `${host} refuses connections.`);
  return new AttemptFailure('CONNECT_FAILED', `${host} cannot be reached (${code}).`);
}

/** What went wrong on a connection that stood. */
export function exchangeFailure(error: CodedError, host: string): AttemptFailure {
  if (error instanceof AttemptFailure) return error;
  const code = error.code ?? error.name;
  if (MALFORMED.test(code) || isMisplacedAnswer(error)) {
    return new AttemptFailure('MALFORMED_ANSWER', `${host} does not answer as HTTP/1.1 has it (${reasonOf(error)}).`);
  }
  if (TLS.test(code)) return tlsFailure(error, host);
  if (code === 'UND_ERR_DESTROYED') return givenUp();
  if (code === 'UND_ERR_INVALID_ARG') {
    return new AttemptFailure('CONNECT_FAILED', `The request cannot be made (${error.message}).`);
  }
  return new AttemptFailure('CONNECTION_RESET', `${host} broke the connection off.`);
}

/** Our own doing: it says nothing of the other side. */
export const givenUp = (): AttemptFailure =>
  new AttemptFailure('CONNECTION_RESET', 'The sender stopped before there was an answer.');

/** The outcome of an attempt that failed before anything was done for it. */
export const failedAtOnce = ({ error, message }: AttemptFailure): AttemptOutcome => ({
  ...{ at: Date.now(), durationMs: 0, kind: 'failed', error, detail: message },
});

/** 100 without having been asked and 101; undici has one code for them and for a connection that ends. */
const isMisplacedAnswer = ({ code, message }: CodedError): boolean =>
  code === 'UND_ERR_SOCKET' && (message === 'bad response' || message === 'bad upgrade');

const tlsFailure = (error: CodedError, host: string): AttemptFailure =>
  new AttemptFailure('TLS_FAILED', `TLS with ${host} failed: ${reasonOf(error)}.`);

/** The peer has a say in it: a certificate's names are part of some reasons. */
const reasonOf = ({ reason, message }: CodedError): string =>
  harmlessText((reason ?? message).slice(0, MAX_REASON_LENGTH));
