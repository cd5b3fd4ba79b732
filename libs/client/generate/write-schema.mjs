/** Writes `src/schema.ts` from the gateway's OpenAPI document. Compile the gateway first: `npx tsc -b api-gateway`. */
import { writeFileSync } from 'node:fs';
import { openApiDocument } from '../../../api-gateway/dist/docs/openapi.js';
import { schemaOf } from './schema-of.mjs';

writeFileSync(new URL('../src/schema.ts', import.meta.url), await schemaOf(openApiDocument()));
