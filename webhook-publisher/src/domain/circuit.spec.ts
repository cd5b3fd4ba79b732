import { afterFailure, afterSuccess, allowedBy, type Circuit, closedCircuit, isOpen } from './circuit.js';

const failed = (times: number, now: number, circuit: Circuit = closedCircuit): Circuit =>
  times === 0 ? circuit : failed(times - 1, now, afterFailure(circuit, now));

describe('the circuit of an endpoint', () => {
  it('is closed at first, and through nine failures in a row', () => {
    expect(isOpen(closedCircuit)).toBe(false);
    expect(isOpen(failed(9, 1_000))).toBe(false);
    expect(allowedBy(failed(9, 1_000), 1_000)).toBe(Number.POSITIVE_INFINITY);
  });

  it('opens at the tenth, for a second', () => {
    const open = failed(10, 1_000);
    expect(isOpen(open)).toBe(true);
    expect(allowedBy(open, 1_999)).toBe(0);
    expect(allowedBy(open, 2_000)).toBe(1);
  });

  it('does not count what was on its way when it opened', () => {
    expect(failed(20, 1_000)).toEqual(failed(10, 1_000));
  });

  it('opens for twice as long with every attempt that fails after a pause, for a minute at most', () => {
    let circuit = failed(10, 0);
    const pauses: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const now = circuit.openUntil;
      circuit = afterFailure(circuit, now);
      pauses.push(circuit.openUntil - now);
    }
    expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('opens at the third failure that was slow', () => {
    const twice = afterFailure(afterFailure(closedCircuit, 0, true), 0, true);
    expect(isOpen(twice)).toBe(false);
    expect(isOpen(afterFailure(twice, 0, true))).toBe(true);
  });

  it('closes at the first success', () => {
    expect(afterSuccess()).toEqual(closedCircuit);
  });
});
