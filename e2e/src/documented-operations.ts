/** An operation as the gateway's OpenAPI document has it. */
export interface DocumentedOperation {
  /** `POST /orders` */
  name: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/orders/{id}` */
  template: string;
  /** Whether it asks for no key. */
  isOpen: boolean;
  /** Of all answers that it documents. */
  statuses: readonly number[];
  /** What a body may have at its top; none where there is none to send. */
  fields: readonly string[];
  /** A body that is right. */
  example: object | undefined;
}

interface Schema {
  properties?: object;
  anyOf?: Schema[];
  examples?: object[];
}

interface Operation {
  security?: object[];
  responses: object;
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
}

interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** Every operation that a running gateway documents. */
export async function documentedOperations(gatewayUrl: string): Promise<DocumentedOperation[]> {
  const response = await fetch(`${gatewayUrl}/openapi.json`);
  const { paths, components } = (await response.json()) as OpenApiDocument;
  return Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([word, { security, responses, requestBody }]) => {
      const method = word.toUpperCase() as DocumentedOperation['method'];
      const ref = requestBody?.content['application/json']?.schema.$ref?.split('/').at(-1) ?? '';
      const schema = components.schemas[ref];
      return {
        ...{ name: `${method} ${template}`, method, template },
        isOpen: security?.length === 0,
        statuses: Object.keys(responses).map(Number),
        fields: schema ? fieldsOf(schema) : [],
        example: schema?.examples?.[0],
      };
    }),
  );
}

/** A path of an operation: its parameters are these, by their names. */
export const pathOf = (
  { template }: Pick<DocumentedOperation, 'template'>,
  parameters: Record<string, string>,
): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`${template} needs a value for ${name}`);
    return value;
  });

const fieldsOf = ({ properties = {}, anyOf = [] }: Schema): string[] => [
  ...Object.keys(properties),
  ...anyOf.flatMap(fieldsOf),
];
