import { mayManage } from './ownership.js';

describe('who may manage a subscription', () => {
  it.each([
    ['client', 'shop', 'client', 'shop', true],
    ['client', 'other', 'client', 'shop', false],
    ['client', 'shop', 'operator', 'shop', false],
    ['operator', 'ops', 'client', 'shop', true],
    ['operator', 'ops', 'operator', 'admin', true],
  ] as const)('a %s named %s, of a %s named %s: %s', (role, clientId, ownerRole, owner, may) => {
    expect(mayManage({ role, clientId }, { role: ownerRole, clientId: owner })).toBe(may);
  });
});
