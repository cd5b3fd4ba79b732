import { ConfigurationReader, type Environment } from './configuration.ts';
import { authorizationOf, readSupabaseAccess } from './supabase-access.ts';

function read(env: Environment) {
  const reader = new ConfigurationReader(env);
  return reader.finish(readSupabaseAccess(reader));
}

const url = 'https://project.supabase.co';

describe('readSupabaseAccess', () => {
  it('is nothing without a URL', () => expect(read({ SUPABASE_SERVICE_ROLE_KEY: 'key' })).toBeUndefined());

  it.each<[string, Environment, string]>([
    ['the service role key', { SUPABASE_SERVICE_ROLE_KEY: 'eyJ.a.b' }, 'eyJ.a.b'],
    [
      'the default secret key',
      { SUPABASE_SECRET_KEYS: '{"other":"sb_secret_1","default":"sb_secret_2"}' },
      'sb_secret_2',
    ],
    ['the first secret key', { SUPABASE_SECRET_KEYS: '{"other":"sb_secret_1"}' }, 'sb_secret_1'],
    [
      'a secret key before the older one',
      { SUPABASE_SECRET_KEYS: '{"a":"sb_1"}', SUPABASE_SERVICE_ROLE_KEY: 'eyJ' },
      'sb_1',
    ],
    [
      'the older one where no secret key exists',
      { SUPABASE_SECRET_KEYS: '{}', SUPABASE_SERVICE_ROLE_KEY: 'eyJ' },
      'eyJ',
    ],
  ])('takes %s', (_name, env, key) => {
    expect(read({ SUPABASE_URL: `${url}/`, ...env })).toEqual({ url, key });
  });

  it.each<[string, Environment, string]>([
    ['no key', { SUPABASE_URL: url }, 'SUPABASE_SERVICE_ROLE_KEY must hold its key'],
    [
      'keys that are no JSON',
      { SUPABASE_URL: url, SUPABASE_SECRET_KEYS: 'sb_1' },
      'SUPABASE_SECRET_KEYS must be a JSON',
    ],
    ['a key with a line break', { SUPABASE_URL: url, SUPABASE_SERVICE_ROLE_KEY: 'a\nb' }, 'must hold its key'],
    [
      'a URL of another kind',
      { SUPABASE_URL: 'postgres://db', SUPABASE_SERVICE_ROLE_KEY: 'k' },
      'SUPABASE_URL must be',
    ],
  ])('refuses %s', (_name, env, message) => expect(() => read(env)).toThrow(message));

  it('sends only a JWT as a bearer token', () => {
    expect(authorizationOf('sb_secret_1')).toEqual({ apikey: 'sb_secret_1' });
    expect(authorizationOf('eyJ.a.b')).toEqual({ apikey: 'eyJ.a.b', authorization: 'Bearer eyJ.a.b' });
  });
});
