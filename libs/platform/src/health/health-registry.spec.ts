import { type CheckResult, HealthRegistry } from './health-registry.js';

const registryWith = (checks: Record<string, CheckResult>): HealthRegistry => {
  const health = new HealthRegistry();
  for (const [name, check] of Object.entries(checks)) health.register(name, () => check);
  return health;
};

describe('the health of a part', () => {
  it('is ready when nothing is down', () => {
    const checks = { broker: { status: 'up' }, redis: { status: 'degraded', detail: 'away' } } as const;
    expect(registryWith(checks).report()).toEqual({ status: 'ready', checks });
  });

  it('is ready with nothing to check', () => {
    expect(new HealthRegistry().report()).toEqual({ status: 'ready', checks: {} });
  });

  it('is not ready when one check is down, and says which', () => {
    const checks = { broker: { status: 'down', detail: 'no connection' }, redis: { status: 'up' } } as const;
    expect(registryWith(checks).report()).toEqual({ status: 'not_ready', checks });
  });

  it('asks anew every time', () => {
    const health = new HealthRegistry();
    let status: CheckResult['status'] = 'down';
    health.register('broker', () => ({ status }));
    expect(health.report().status).toBe('not_ready');
    status = 'up';
    expect(health.report().status).toBe('ready');
  });

  it('is not ready from the moment it stops', () => {
    const health = registryWith({ broker: { status: 'up' } });
    health.stop();
    expect(health.report()).toEqual({
      status: 'not_ready',
      checks: { broker: { status: 'up' }, shutdown: { status: 'down', detail: 'shutting down' } },
    });
  });
});
