import openapiTS, { astToString } from 'openapi-typescript';

const HEAD = '// Generated from the OpenAPI document by `npm run generate -w @holdfast/client`: do not edit.\n\n';

/** An OpenAPI document as TypeScript types: the text of `src/schema.ts`. */
export async function schemaOf(document) {
  // A property with a default may still be left out of a request, so it has to stay optional.
  const types = await openapiTS(document, {
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
  });
  return `${HEAD}${astToString(types)}`;
}
