/** A header as an OpenAPI document describes it. */
export interface DescribedHeader {
  required?: boolean;
  schema: { type?: string };
}

/** By name; the document may have said one of them at another place. */
export type DescribedHeaders = Record<string, DescribedHeader | { $ref: string }>;

/** What callers go by: one of these that nobody was told of is as wrong as one that is promised and missing. */
const ACTED_UPON = ['ETag', 'Location', 'Retry-After'];

/** @param components the headers that the others refer to. */
export const resolvedHeaders = (
  described: DescribedHeaders,
  components: DescribedHeaders,
): Record<string, DescribedHeader> =>
  Object.fromEntries(
    Object.entries(described).map(([name, header]) => {
      const resolved = '$ref' in header ? components[header.$ref.split('/').at(-1) ?? ''] : header;
      if (!resolved || '$ref' in resolved) throw new Error(`the description of the header ${name} is not there`);
      return [name, resolved];
    }),
  );

/**
 * @param faultsOf says what is wrong with a value by a schema; undefined where nothing is.
 * @returns what is wrong with the headers of an answer; undefined where nothing is.
 */
export function headerFaultOf(
  headers: Headers,
  described: Record<string, DescribedHeader>,
  faultsOf: (schema: object, value: unknown) => string | undefined,
): string | undefined {
  const untold = ACTED_UPON.filter((name) => headers.has(name) && !(name in described));
  if (untold.length > 0) return `it has ${untold.join(' and ')}, which is not described`;
  for (const [name, { required, schema }] of Object.entries(described)) {
    const text = headers.get(name);
    if (text === null && required) return `it lacks ${name}`;
    const faults = text === null ? undefined : faultsOf(schema, schema.type === 'integer' ? integerOf(text) : text);
    if (faults !== undefined) return `its header ${name} is ${text}: ${faults}`;
  }
  return undefined;
}

/** A text that is none stays what it is, and is refused as such. */
const integerOf = (text: string): number | string => (/^-?\d+$/.test(text) ? Number(text) : text);
