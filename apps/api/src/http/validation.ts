import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';

const options = { allErrors: true, useDefaults: true, removeAdditional: false, strict: false } as const;

// Bodies are JSON and carry their types; query strings and parameters are text and are read as the schema says.
const exact = addFormats.default(new Ajv({ ...options, coerceTypes: false }));
const fromText = addFormats.default(new Ajv({ ...options, coerceTypes: true }));

/** Compiles the schemas of the routes; unknown properties are refused where the schema closes the object. */
export const validatorCompiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? exact : fromText).compile(schema);
