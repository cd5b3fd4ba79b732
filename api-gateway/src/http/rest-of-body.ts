import { type IncomingMessage } from 'node:http';

// A caller who is still sending would lose the answer to a reset; who sends on for longer than this does lose it.
const PATIENCE_MS = 2_000;

/**
 * Reads on and drops what comes, so that a caller who is still sending reads the answer that is to follow.
 *
 * @param maxBytes how much is read at most.
 * @returns whether the body came to its end; if not, the connection is of no more use.
 */
export function readToEnd(body: IncomingMessage, maxBytes: number): Promise<boolean> {
  if (body.readableEnded || body.destroyed || maxBytes === 0) return Promise.resolve(body.readableEnded);
  return new Promise((resolve) => {
    let left = maxBytes;
    const drop = (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) finish();
    };
    const finish = () => {
      clearTimeout(deadline);
      for (const event of ['end', 'close', 'error']) body.off(event, finish);
      body.off('data', drop).pause();
      resolve(body.readableEnded);
    };
    const deadline = setTimeout(finish, PATIENCE_MS);
    for (const event of ['end', 'close', 'error']) body.once(event, finish);
    // Whoever read it before has paused it; a listener alone would not get it going again.
    body.on('data', drop).resume();
  });
}
