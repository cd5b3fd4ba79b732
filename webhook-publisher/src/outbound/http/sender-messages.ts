import { type AttemptOutcome } from '../../app/ports.js';
import { type CallbackRequest, type HttpCallbackSenderOptions } from './callback-sender.js';

/** What a sender thread is started with; it is given no function, for none can pass to another thread. */
export type SenderThreadOptions = Omit<HttpCallbackSenderOptions, 'resolve' | 'allowedNetworks'> & {
  /** As an operator lists them. */
  allowedNetworks: string;
};

/** A request and the number by which its outcome is known. */
export type NumberedRequest = readonly [number: number, request: CallbackRequest];
export type NumberedOutcome = readonly [number: number, outcome: AttemptOutcome];

/** To a sender thread. */
export type SenderOrder = { send: readonly NumberedRequest[] } | { close: true };

/** From a sender thread; `closed` is the last it says. */
export type SenderReport = { outcomes: readonly NumberedOutcome[] } | { closed: true };
