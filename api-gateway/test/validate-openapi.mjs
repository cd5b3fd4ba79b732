// Holds an OpenAPI document from standard input against the public validator and prints what is wrong as JSON. A process
// of its own: the validator is an ES module with dependencies that Jest on Node 20 cannot load.
import { text } from 'node:stream/consumers';
import { Validator } from '@seriousme/openapi-schema-validator';

const validator = new Validator();
const { valid, errors } = await validator.validate(JSON.parse(await text(process.stdin)));
process.stdout.write(JSON.stringify({ version: validator.version, problems: valid ? [] : [errors].flat() }));
