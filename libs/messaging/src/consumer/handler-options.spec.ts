import { answerRepeats, once, optionsOf, ownKey, query } from './handler-options.js';

describe("a handler's options", () => {
  it.each([once, answerRepeats, ownKey, query])('are read from the extras: %j', (options) => {
    expect(optionsOf('orders.create', { ...options })).toEqual(options);
  });

  it.each([undefined, {}, { guard: 'twice' }, { guard: null }])('must name a guard; %j does not', (extras) => {
    expect(() => optionsOf('orders.create', extras)).toThrow(/orders\.create says no guard/);
  });
});
