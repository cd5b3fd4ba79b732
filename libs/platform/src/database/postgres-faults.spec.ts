import { faultOf, isAfterFailure } from './postgres-faults.js';

const coded = (code: string, message = 'no'): Error => Object.assign(new Error(message), { code });

describe('a failed statement of PostgreSQL', () => {
  it.each<[string, Error, ReturnType<typeof faultOf>]>([
    ['is not serializable', coded('40001'), 'conflict'],
    ['has lost a deadlock', coded('40P01'), 'conflict'],
    ['breaks a constraint', coded('23505'), undefined],
    ['has a fault of its own', coded('42601'), undefined],
    ['lost its connection', coded('08006'), 'unavailable'],
    ['found the disk full', coded('53100'), 'unavailable'],
    ['found too many connections', coded('53300'), 'unavailable'],
    ['took too long', coded('57014'), 'unavailable'],
    ['met a server that stops', coded('57P01'), 'unavailable'],
    ['waited too long for a lock', coded('55P03'), 'unavailable'],
    ['met a server that is a replica now', coded('25006'), 'unavailable'],
    ['met a disk that fails', coded('58030'), 'unavailable'],
    ['was prepared before the table changed', coded('0A000', 'cached plan must not change result type'), 'unavailable'],
    ['asks for what there is not', coded('0A000', 'not supported'), undefined],
    ['lost its socket', coded('ECONNRESET'), 'unavailable'],
    ['wrote to a socket that is gone', coded('EPIPE'), 'unavailable'],
    ['lost its connection, says the driver', new Error('Connection terminated unexpectedly'), 'unavailable'],
    ['had a value that cannot be sent', new TypeError('circular'), undefined],
    ['gave a value that cannot be held', new RangeError('not safe'), undefined],
  ])('that %s: %s is %j', (_name, error, fault) => {
    expect(faultOf(error)).toBe(fault);
  });

  it('is told from those that were not run because of it', () => {
    expect(isAfterFailure(coded('25P02'))).toBe(true);
    expect(isAfterFailure(coded('23505'))).toBe(false);
  });
});
