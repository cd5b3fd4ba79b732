/** Not schemas, and nothing in them is one. */
const VALUES = new Set(['example', 'examples', 'default', 'enum', 'const']);

/**
 * The same description with every object closed that does not say itself what else it may have. Published schemas are
 * open, since answers may gain fields; but today's gateway has no business to answer what today's description lacks.
 */
export function closedSchemas(description: unknown): unknown {
  if (Array.isArray(description)) return description.map(closedSchemas);
  if (typeof description !== 'object' || description === null) return description;
  const parts = Object.entries(description).map(([key, part]) => [key, VALUES.has(key) ? part : closedSchemas(part)]);
  const closing = 'properties' in description && 'type' in description && description.type === 'object';
  return { ...(closing && { additionalProperties: false }), ...Object.fromEntries(parts) };
}
