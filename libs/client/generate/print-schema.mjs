/** The OpenAPI document comes on standard input, its types go to standard output. */
import { json } from 'node:stream/consumers';
import { schemaOf } from './schema-of.mjs';

process.stdout.write(await schemaOf(await json(process.stdin)));
