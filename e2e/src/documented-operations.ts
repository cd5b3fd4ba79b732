/** An operation as the gateway's OpenAPI document has it. */
export interface DocumentedOperation {
  /** `placeOrder` */
  id: string;
  /** `POST /orders` */
  name: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/orders/{id}` */
  template: string;
  /** Whether it asks for no key. */
  isOpen: boolean;
  /** Of all answers that it documents. */
  statuses: readonly number[];
  /** Request headers that it takes. */
  headers: readonly string[];
  /** What a body may have at its top; none where there is none to send. */
  fields: readonly string[];
  /** A body that is right, where it takes JSON. */
  example: object | undefined;
  /** A body that is right, as it goes out; none where there is none to send. */
  sample: { mediaType: string; text: string } | undefined;
}

interface Schema {
  properties?: object;
  anyOf?: Schema[];
  examples?: object[];
}

interface Operation {
  operationId: string;
  security?: object[];
  parameters?: { name: string; in: string }[];
  responses: object;
  requestBody?: { content: Record<string, { schema: { $ref?: string }; example?: string }> };
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
    Object.entries(operations).map(([word, operation]) =>
      operationOf(word.toUpperCase() as DocumentedOperation['method'], template, operation, components.schemas),
    ),
  );
}

function operationOf(
  method: DocumentedOperation['method'],
  template: string,
  { operationId, security, parameters = [], responses, requestBody }: Operation,
  schemas: Record<string, Schema>,
): DocumentedOperation {
  const schema = schemas[requestBody?.content['application/json']?.schema.$ref?.split('/').at(-1) ?? ''];
  const example = schema?.examples?.[0];
  return {
    ...{ id: operationId, name: `${method} ${template}`, method, template },
    isOpen: security?.length === 0,
    statuses: Object.keys(responses).map(Number),
    headers: parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name),
    fields: schema ? fieldsOf(schema) : [],
    example,
    sample: sampleOf(requestBody, example),
  };
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

function sampleOf(requestBody: Operation['requestBody'], example: object | undefined): DocumentedOperation['sample'] {
  const [mediaType, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const text = example ? JSON.stringify(example) : media?.example;
  return mediaType === undefined || text === undefined ? undefined : { mediaType, text };
}
