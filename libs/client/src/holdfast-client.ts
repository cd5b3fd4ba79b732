import createClient, {
  type Client,
  type ClientPathsWithMethod,
  type FetchResponse,
  type MaybeOptionalInit,
} from 'openapi-fetch';
import { HoldfastProblem } from './holdfast.errors.js';
import { idempotencyKeys } from './idempotency-keys.js';
import { type paths } from './schema.js';
import { createTransport, type TransportOptions } from './transport.js';

export interface HoldfastClientOptions extends TransportOptions {
  /** Of the gateway, such as `http://127.0.0.1:3000`. */
  baseUrl: string;
  /** The secret of an API key. */
  apiKey: string;
}

type Method = 'get' | 'post' | 'patch' | 'delete';
type PathWith<M extends Method> = ClientPathsWithMethod<Client<paths>, M>;
type Operation<Path extends keyof paths, M extends Method> = Extract<paths[Path][M], Record<string, unknown>>;
type InitOf<Path extends keyof paths, M extends Method> = MaybeOptionalInit<paths[Path], M>;

/** What a 304 has, which only a request with the header can get. */
type Unchanged<Init> = Init extends { params: { header: { 'If-None-Match': string } } } ? undefined : never;

type DataOf<Op extends Record<string | number, unknown>, Init> = Extract<
  FetchResponse<Op, Init, `${string}/${string}`>,
  { error?: never }
>['data'];

interface Answer<Data> {
  /** The body; undefined where there is none, as of a 204 or a 304. */
  data: Data;
  /** For the status and the headers; its body is read already. */
  response: Response;
}

type Call<M extends Method> = <Path extends PathWith<M>, Init extends InitOf<Path, M>>(
  path: Path,
  ...init: undefined extends Init ? [Init?] : [Init]
) => Promise<Answer<DataOf<Operation<Path, M>, Init> | Unchanged<Init>>>;

/**
 * The operations of the API by method and path, such as `post('/orders', { body })`. Beside `params` and `body`, a call
 * takes what `fetch` takes, such as `signal`.
 *
 * A call resolves when the API does what it is asked, and rejects with HoldfastProblem, with HoldfastUnreachable, or with
 * the reason of its `signal`. Refusals are thrown, and not returned beside the data, since no answer can be used before
 * both were told apart, and what a shop expects, such as an order that gets no stock, is an order and no problem.
 */
export interface HoldfastClient {
  get: Call<'get'>;
  post: Call<'post'>;
  patch: Call<'patch'>;
  delete: Call<'delete'>;
}

/** A client of the gateway at `baseUrl`. It opens nothing and has nothing to close. */
export function createHoldfastClient({ baseUrl, apiKey, ...transport }: HoldfastClientOptions): HoldfastClient {
  const client = createClient<paths>({
    baseUrl,
    headers: { authorization: `Bearer ${apiKey}` },
    fetch: createTransport(transport),
    // CSV is text already.
    bodySerializer: (body) => (typeof body === 'string' ? body : JSON.stringify(body)),
  });
  client.use(idempotencyKeys);
  const calling = (method: Method) => async (path: string, init?: object) => {
    const { data, error, response } = await (client.request as UntypedRequest)(method, path, init);
    if (response.ok || response.status === 304) return { data, response };
    throw new HoldfastProblem(`${method.toUpperCase()} ${path}`, response, error);
  };
  return {
    get: calling('get') as Call<'get'>,
    post: calling('post') as Call<'post'>,
    patch: calling('patch') as Call<'patch'>,
    delete: calling('delete') as Call<'delete'>,
  };
}

/** What `Call` says of path, parameters and answer is lost on a function that serves every method. */
type UntypedRequest = (
  method: Method,
  path: string,
  init?: object,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
