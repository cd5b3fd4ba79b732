import { type ConfigurationReader } from './configuration.ts';

/** Where a project's REST interface is, and the key that opens it past row level security. */
export interface SupabaseAccess {
  url: string;
  key: string;
}

/**
 * `SUPABASE_URL` with a key: of `SUPABASE_SECRET_KEYS` (a JSON object that Supabase gives its functions) the one called
 * `default`, else the first; without it `SUPABASE_SERVICE_ROLE_KEY`. Undefined where there is no URL.
 */
export function readSupabaseAccess(reader: ConfigurationReader): SupabaseAccess | undefined {
  const url = reader.httpUrl('SUPABASE_URL');
  if (url === undefined) return undefined;
  const key = readSecretKey(reader) ?? reader.optional('SUPABASE_SERVICE_ROLE_KEY');
  if (key === undefined || !/^[\x21-\x7e]+$/.test(key)) {
    reader.reject('SUPABASE_URL is set, so SUPABASE_SECRET_KEYS or SUPABASE_SERVICE_ROLE_KEY must hold its key');
    return undefined;
  }
  return { url, key };
}

function readSecretKey(reader: ConfigurationReader): string | undefined {
  const json = reader.optional('SUPABASE_SECRET_KEYS');
  if (json === undefined) return undefined;
  const keys = parseObject(json);
  if (keys === undefined) {
    reader.reject('SUPABASE_SECRET_KEYS must be a JSON object of keys by their names');
    return undefined;
  }
  const key = keys.default ?? Object.values(keys)[0];
  return typeof key === 'string' ? key : undefined;
}

function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** The headers that a key goes in. Only the older keys are JWTs, and only a JWT is taken as a bearer token. */
export const authorizationOf = (key: string): Record<string, string> =>
  key.startsWith('sb_') ? { apikey: key } : { apikey: key, authorization: `Bearer ${key}` };
