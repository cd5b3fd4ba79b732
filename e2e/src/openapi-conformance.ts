import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { closedSchemas } from './closed-schemas.js';

const DOCUMENT_ID = 'https://holdfast.invalid/openapi.json';
const PROBLEM = { mediaType: 'application/problem+json', pointer: '/components/schemas/Problem' };

interface Described {
  content?: Record<string, unknown>;
}

interface Document {
  paths: Record<string, Record<string, { responses?: Record<string, Described> }>>;
}

/** What came of a request; `path` may have a query. */
export interface Answered {
  method: string;
  path: string;
  status: number;
  headers: Headers;
  /** Parsed; undefined where there is none. */
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
 * for the operation, and the body is valid by its schema and has no field beside. What no operation is described for is
 * refused with a problem.
 */
export class OpenApiConformance {
  private readonly ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: false });
  private readonly validators = new Map<string, ValidateFunction>();
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

  private mismatchOf({ method, path, status, headers, body }: Answered): string | undefined {
    const mediaType = headers.get('content-type')?.split(';')[0];
    const template = this.templateOf(method, path);
    if (template === undefined) {
      const isRefusal = status >= 400 && mediaType === PROBLEM.mediaType;
      return isRefusal ? this.faultsOf(PROBLEM.pointer, body) : 'the operation is not described';
    }
    const answer = this.operation(method, template)?.[status];
    if (answer === undefined) return `${template} does not have this status`;
    const described = Object.keys(answer.content ?? {});
    if (body === undefined) return described.length > 0 ? `it has no body, and ${described} is described` : undefined;
    if (mediaType === undefined || !described.includes(mediaType)) {
      return `it is ${mediaType}, and what is described is ${described.join(' or ') || 'no body'}`;
    }
    const steps = ['paths', template, method.toLowerCase(), 'responses', `${status}`, 'content', mediaType, 'schema'];
    return this.faultsOf(`/${steps.map(escaped).join('/')}`, body);
  }

  /** The described path that fits best: `/products/import` is no product, though `/products/{id}` fits it too. */
  private templateOf(method: string, path: string): string | undefined {
    const steps = stepsOf(path.replace(/[?#].*$/, ''));
    const fitting = Object.keys(this.loaded().paths).filter(
      (template) => fits(stepsOf(template), steps) && this.operation(method, template) !== undefined,
    );
    return fitting.find((template) => !template.includes('{')) ?? fitting[0];
  }

  private operation(method: string, template: string): Record<string, Described> | undefined {
    return this.loaded().paths[template]?.[method.toLowerCase()]?.responses;
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

const stepsOf = (path: string): string[] => path.split('/');

const fits = (template: string[], steps: string[]): boolean =>
  template.length === steps.length &&
  template.every((step, index) => (step.startsWith('{') ? steps[index] !== '' : step === steps[index]));

/** As a step of a JSON pointer in a URI fragment. */
const escaped = (step: string): string => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
