/** What a subscriber may do wrong: accept a request and never answer it, answer 500, answer 302. */
export const BAD_BEHAVIOURS = ['hangs', 'fails', 'redirects'] as const;
export type BadBehaviour = (typeof BAD_BEHAVIOURS)[number];

/** `well` answers 200 at once. */
export type Behaviour = 'well' | BadBehaviour;

/** What an endpoint answers to every request; undefined: nothing, ever. */
export function answerOf(behaviour: Behaviour): Buffer | undefined {
  return ANSWERS[behaviour];
}

const answer = (status: string, ...fields: string[]): Buffer =>
  Buffer.from(
    [`HTTP/1.1 ${status}`, ...fields, 'content-type: text/plain', 'content-length: 2', '', 'ok'].join('\r\n'),
  );

const ANSWERS: Record<Behaviour, Buffer | undefined> = {
  well: answer('200 OK'),
  hangs: undefined,
  fails: answer('500 Internal Server Error'),
  // A sender that followed it would come back with a GET without a length, at which the receiver ends with an error.
  redirects: answer('302 Found', 'location: /elsewhere'),
};
