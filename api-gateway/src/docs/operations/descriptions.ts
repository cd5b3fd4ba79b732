import { ASYNCAPI_PATH, DOCS_PATH, OPENAPI_PATH } from '../docs-paths.js';
import { type JsonSchema } from '../json-schema.js';
import { problems, WITHOUT_KEY } from '../openapi-parts.js';

const TITLE = 'Holdfast API';

const PAGE = `<!DOCTYPE html>
<html lang="en">
<head><title>${TITLE}</title></head>
<body><div id="swagger-ui"></div></body>
</html>
`;

interface Description {
  operationId: string;
  summary: string;
  description: string;
  mediaType: string;
  schema: JsonSchema;
  example: unknown;
}

/** Who may not call yet has to be able to read how: none of these asks for a key. */
const showing = ({ mediaType, schema, example, ...operation }: Description) => ({
  ...operation,
  tags: ['descriptions'],
  security: [],
  responses: {
    200: { description: operation.summary, content: { [mediaType]: { schema, example } } },
    ...problems(WITHOUT_KEY),
  },
});

const page = showing({
  operationId: 'showDocs',
  summary: 'This API as a page for people',
  description: 'What the page loads comes from paths below this one, which are its own affair and no part of the API.',
  mediaType: 'text/html',
  schema: { type: 'string' },
  example: PAGE,
});

const openApi = showing({
  operationId: 'showOpenApi',
  summary: 'This document',
  description: 'The HTTP API as OpenAPI 3.1.',
  mediaType: 'application/json',
  schema: { type: 'object', required: ['openapi', 'info', 'paths', 'webhooks', 'components'] },
  example: {
    openapi: '3.1.0',
    info: { title: 'Holdfast', version: '0.1.0' },
    paths: {},
    webhooks: {},
    components: {},
  },
});

const asyncApi = showing({
  operationId: 'showAsyncApi',
  summary: 'The messages and events behind this API',
  description: 'What goes over RabbitMQ, as AsyncAPI 3.',
  mediaType: 'application/json',
  schema: { type: 'object', required: ['asyncapi', 'info', 'channels', 'operations', 'components'] },
  example: {
    asyncapi: '3.0.0',
    info: { title: 'Holdfast', version: '0.1.0' },
    channels: {},
    operations: {},
    components: {},
  },
});

export const descriptionPaths = {
  [DOCS_PATH]: { get: page },
  [OPENAPI_PATH]: { get: openApi },
  [ASYNCAPI_PATH]: { get: asyncApi },
};
