import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { DOCS_PATH, OPENAPI_PATH } from './docs-paths.js';
import { openApiDocument } from './openapi.js';

/** Serves the OpenAPI document, and a page that shows it; everything the page needs comes from here. */
export function serveDocs(app: NestFastifyApplication): void {
  // The document is OpenAPI 3.1, the type is of 3.0.
  SwaggerModule.setup(DOCS_PATH, app, openApiDocument() as unknown as OpenAPIObject, {
    jsonDocumentUrl: OPENAPI_PATH,
    raw: ['json'],
    customSiteTitle: 'Holdfast API',
    // The page would have the document judged elsewhere.
    swaggerOptions: { validatorUrl: null },
  });
}
