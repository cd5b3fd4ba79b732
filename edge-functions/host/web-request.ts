import { type IncomingMessage, type ServerResponse } from 'node:http';

// The functions do not look at it.
const ORIGIN = 'http://localhost';

/**
 * A request of Node's as the Web has it; the body is read as the handler asks for it. Undefined for what the Web has no
 * request for: the method TRACE, and a target that is no URL.
 */
export function webRequestOf(incoming: IncomingMessage): Request | undefined {
  if (incoming.method === 'TRACE' || !URL.canParse(incoming.url ?? '/', ORIGIN)) return undefined;
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(new URL(incoming.url ?? '/', ORIGIN), {
    method,
    headers: headersOf(incoming),
    ...(hasBody && { body: bodyOf(incoming), duplex: 'half' }),
  });
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}

// Readable.toWeb would destroy the connection when a handler stops reading, before its answer is written.
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      incoming.pause();
      incoming.on('data', (chunk: Buffer) => {
        controller.enqueue(chunk);
        incoming.pause();
      });
      incoming.once('end', () => controller.close());
      incoming.once('error', (error) => controller.error(error));
    },
    pull: () => void incoming.resume(),
    cancel: () => {
      incoming.removeAllListeners('data');
      incoming.removeAllListeners('end');
    },
  });
}

/** Writes a Web response. A connection whose request was not read to its end is closed after it. */
export async function sendWebResponse(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  if (!incoming.complete) outgoing.setHeader('connection', 'close');
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    'content-length': String(body.length),
  });
  outgoing.end(body);
}
