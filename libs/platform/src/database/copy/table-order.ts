import { type CopiedTable } from './copied-table.js';

/**
 * The tables, each behind those that it refers to.
 *
 * @throws Error when some refer to each other in a circle.
 */
export function inOrder(tables: readonly CopiedTable[]): CopiedTable[] {
  const ordered: CopiedTable[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const waiting = new Set(left.map(({ name }) => name));
    const free = left.filter(({ name, refersTo }) => refersTo.every((other) => other === name || !waiting.has(other)));
    if (free.length === 0) throw new Error(`these tables refer to each other in a circle: ${[...waiting].join(', ')}`);
    ordered.push(...free);
    left = left.filter((table) => !free.includes(table));
  }
  return ordered;
}
