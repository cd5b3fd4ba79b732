import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { closedSchemas } from './closed-schemas.js';
import { type DescribedHeaders, headerFaultOf, resolvedHeaders } from './openapi-headers.js';

const DOCUMENT_ID = 'https://holdfast.invalid/openapi.json';
const PROBLEM = { mediaType: 'application/problem+json', pointer: '/components/schemas/Problem' };

interface Described {
  content?: Record<string, unknown>;
  headers?: DescribedHeaders;
}

interface Operation {
  operationId: string;
  responses: Record<string, Described>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { headers?: DescribedHeaders };
}

/** What came of a request; `path` may have a query. */
export interface Answered {
  method: string;
  path: string;
  status: number;
  headers: Headers;
  /** Parsed where it is JSON; undefined where there is none. */
  body: unknown;
}

/** The gateway has answered in another way than its own OpenAPI document says. */
export class OpenApiMismatchError extends Error {
  override readonly name = 'OpenApiMismatchError';

  constructor({ method, path, status, body }: Answered, mismatch: string) {
    super(`${method} ${path} answered ${status}: ${mismatch}\n${JSON.stringify(body)}`);
  }
}

/**
 * Holds answers of a gateway against the OpenAPI document that it serves: the status and the media type are described
 * for the operation, the body is valid by its schema and has no field beside, and the headers are what they are described
 * as. What no operation is described for is refused with a problem.
 */
export class OpenApiConformance {
  private readonly ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: false });
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly seen = new Set<string>();
  private document: Document | undefined;

  constructor() {
    ajvFormats.default(this.ajv);
  }

  /** To be awaited before the first check. */
  async load(gatewayUrl: string): Promise<void> {
    this.document = (await (await fetch(`${gatewayUrl}/openapi.json`)).json()) as Document;
    this.ajv.addSchema(closedSchemas(this.document) as object, DOCUMENT_ID);
  }

  /** Throws OpenApiMismatchError. */
  check(answered: Answered): void {
    const mismatch = this.mismatchOf(answered);
    if (mismatch !== undefined) throw new OpenApiMismatchError(answered, mismatch);
  }

  /** Throws where a value is not what a schema of the document says, such as `OrderChange`. */
  checkValue(schema: string, value: unknown): void {
    const fault = this.faultsOf(`/components/schemas/${escaped(schema)}`, value);
    if (fault !== undefined) throw new Error(`this is no ${schema}: ${fault}\n${JSON.stringify(value)}`);
  }

  /**
   * Of what is described for an operation that does what it is asked, what no answer had that was checked: `showOrder 304`,
   * `showOrder 200 ETag`.
   */
  unseenOf(operationId: string): string[] {
    const operations = Object.values(this.loaded().paths).flatMap((methods) => Object.values(methods));
    const found = operations.find((operation) => operation.operationId === operationId);
    if (!found) throw new Error(`${operationId} is not described`);
    const successes = Object.entries(found.responses).filter(([status]) => Number(status) < 400);
    return successes
      .flatMap(([status, { headers = {} }]) => namesIn(found, status, Object.keys(headers)))
      .filter((name) => !this.seen.has(name));
  }

  private mismatchOf(answered: Answered): string | undefined {
    const { method, path, status, headers, body } = answered;
    const template = this.templateOf(path);
    const operation = this.loaded().paths[template]?.[method.toLowerCase()];
    if (operation === undefined) {
      const isRefusal = status >= 400 && mediaTypeOf(headers) === PROBLEM.mediaType;
      return isRefusal ? this.faultsOf(PROBLEM.pointer, body) : 'the operation is not described';
    }
    const answer = operation.responses[status];
    if (answer === undefined) return `${template} does not have this status`;
    const pointer = ['', 'paths', template, method.toLowerCase(), 'responses', `${status}`].map(escaped).join('/');
    const fault = this.bodyFaultOf(answered, answer, pointer) ?? this.headerFaultOf(headers, answer);
    if (fault === undefined) this.note(answered, operation, answer);
    return fault;
  }

  private bodyFaultOf({ headers, body }: Answered, { content = {} }: Described, pointer: string): string | undefined {
    const mediaType = mediaTypeOf(headers);
    const described = Object.keys(content);
    if (body === undefined) return described.length > 0 ? `it has no body, and ${described} is described` : undefined;
    if (mediaType === undefined || !described.includes(mediaType)) {
      return `it is ${mediaType}, and what is described is ${described.join(' or ') || 'no body'}`;
    }
    return this.faultsOf(`${pointer}/content/${escaped(mediaType)}/schema`, body);
  }

  private headerFaultOf(headers: Headers, { headers: described = {} }: Described): string | undefined {
    return headerFaultOf(
      headers,
      resolvedHeaders(described, this.loaded().components.headers ?? {}),
      (schema, value) => (this.ajv.validate(schema, value) ? undefined : this.ajv.errorsText()),
    );
  }

  private note({ status, headers }: Answered, operation: Operation, { headers: described = {} }: Described): void {
    const came = Object.keys(described).filter((name) => headers.has(name));
    for (const name of namesIn(operation, `${status}`, came)) this.seen.add(name);
  }

  /**
   * The described path that fits best, whatever its methods: `/products/import` is no product, though `/products/{id}` fits
   * it too. Empty where none fits.
   */
  private templateOf(path: string): string {
    const steps = stepsOf(path.replace(/[?#].*$/, ''));
    const fitting = Object.keys(this.loaded().paths).filter((template) => fits(stepsOf(template), steps));
    return fitting.sort((one, other) => parametersIn(one) - parametersIn(other))[0] ?? '';
  }

  /** @param pointer of a schema in the document. */
  private faultsOf(pointer: string, body: unknown): string | undefined {
    const validate = this.validators.get(pointer) ?? this.ajv.compile({ $ref: `${DOCUMENT_ID}#${pointer}` });
    this.validators.set(pointer, validate);
    return validate(body) ? undefined : this.ajv.errorsText(validate.errors, { dataVar: 'body' });
  }

  private loaded(): Document {
    if (!this.document) throw new Error('answers are checked against a description that is not loaded yet');
    return this.document;
  }
}

const namesIn = ({ operationId }: Operation, status: string, headers: readonly string[]): string[] => [
  `${operationId} ${status}`,
  ...headers.map((header) => `${operationId} ${status} ${header}`),
];

const mediaTypeOf = (headers: Headers): string | undefined => headers.get('content-type')?.split(';')[0];

const parametersIn = (template: string): number => template.split('{').length - 1;

const stepsOf = (path: string): string[] => path.split('/');

const fits = (template: string[], steps: string[]): boolean =>
  template.length === steps.length &&
  template.every((step, index) => (step.startsWith('{') ? steps[index] !== '' : step === steps[index]));

/** As a step of a JSON pointer in a URI fragment. */
const escaped = (step: string): string => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
