import { saidIn } from './said.js';

describe('what the inside has said', () => {
  it('is found among other lines, also behind half of one', () => {
    const reached = { said: 'reached', point: 'after-commit', occurrence: 3, act: 'kill', labels: ['orders.create'] };
    const broken = { said: 'broken', build: 'inbox-off', module: '/repo/inbox.js' };
    const output = `{"level":30,"msg":"listens"}\nchaos-inside ${JSON.stringify(broken)}\n{"level":chaos-inside ${JSON.stringify(reached)}\n30}\n`;
    expect(saidIn(output)).toEqual([broken, reached]);
  });

  it('is nothing where it is silent', () => {
    expect(saidIn('chaos-inside\n{}')).toEqual([]);
  });
});
