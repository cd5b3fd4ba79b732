import { act, answerRepeats, inOrder, inTurns, once, optionsOf, ownKey, query } from './handler-options.js';

describe("a handler's options", () => {
  it.each([once, answerRepeats, ownKey, query, act])('are read from the extras: %j', (options) => {
    expect(optionsOf('orders.create', { ...options })).toEqual(options);
  });

  it.each([answerRepeats, inOrder(() => 'one')])('keep what names their rows: %j', (options) => {
    const extras = inTurns<{ id: string }>(options, ({ id }) => [id]);
    expect(optionsOf('orders.create', { ...extras }).rowsOf?.({ id: 'a' })).toEqual(['a']);
  });

  it.each([undefined, {}, { guard: 'twice' }, { guard: null }])('must name a guard; %j does not', (extras) => {
    expect(() => optionsOf('orders.create', extras)).toThrow(/orders\.create says no guard/);
  });
});
