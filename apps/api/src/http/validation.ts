import type { FastifySchemaCompiler } from 'fastify';
import { compileForJson, compileForText } from '../platform/validation.ts';

/** Compiles the schemas of the routes. */
export const validatorCompiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
  httpPart === 'body' ? compileForJson(schema) : compileForText(schema);
