import { QueryFailedError } from 'typeorm';
import { PermanentError, TransientError } from '../errors.js';
import { postgresReadFault, sqliteReadFault } from './read-fault.js';

const withCode = (message: string, code?: string) => Object.assign(new Error(message), code !== undefined && { code });
const failed = (cause: Error) => new QueryFailedError('SELECT 1', [], cause);
const unavailable = { name: 'TransientError', code: 'DATABASE_UNAVAILABLE' };

describe('a read that fails', () => {
  it.each([
    ['a server that ends its connections', failed(withCode('terminating connection', '57P02'))],
    [
      'a server that has crashed',
      failed(withCode('terminating connection due to unexpected postmaster exit', '57P01')),
    ],
    ['a connection that ends', failed(withCode('Connection terminated unexpectedly'))],
    ['a statement that is not answered', failed(withCode('Query read timeout'))],
    ['a server that starts', withCode('the database system is starting up', '57P03')],
    ['a server that is away', withCode('connect ECONNREFUSED', 'ECONNREFUSED')],
    ['a server that does not answer', withCode('timeout exceeded when trying to connect')],
    ['a new connection that ends', withCode('Connection terminated due to connection timeout')],
  ])('on PostgreSQL is the fault of %s', (_name, error) => {
    const fault = postgresReadFault(error);
    expect(fault).toMatchObject({
      ...unavailable,
      cause: error,
      message: expect.stringMatching(/^the database did not/),
    });
  });

  it.each([
    ['a statement', failed(withCode('column "x" does not exist', '42703'))],
    ['a value that cannot be sent', failed(new TypeError('BigInt'))],
    ['a mistake without a code', new Error('not as the contract says')],
    ['a mistake with a type', new TypeError('x is not a function')],
    ['what has been judged before', new TransientError('BROKER_UNAVAILABLE', 'RabbitMQ is away')],
    ['what no try mends', new PermanentError('NO', 'no such thing')],
    ['what is no error', 'no'],
  ])('is left as it is where it is the fault of %s', (_name, error) => {
    expect(postgresReadFault(error)).toBe(error);
    expect(sqliteReadFault(error)).toBe(error);
  });

  it.each(['SQLITE_BUSY', 'SQLITE_IOERR_READ', 'SQLITE_CANTOPEN'])(
    'on SQLite is the fault of the storage: %s',
    (code) => {
      expect(sqliteReadFault(failed(withCode('no', code)))).toMatchObject(unavailable);
    },
  );
});
