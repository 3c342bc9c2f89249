import serializers from '@fastify/fast-json-stringify-compiler';
import type { FastifySchemaCompiler, FastifyServerOptions } from 'fastify';
import { compileForJson, compileForText } from '../platform/validation.ts';

/** The schemas of the routes, each compiled when it first judges something: a start has no use for most of them. */
export const validatorCompiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) => {
  let compiled: ReturnType<typeof compileForJson> | undefined;
  return (value) => {
    compiled ??= httpPart === 'body' ? compileForJson(schema) : compileForText(schema);
    // As Fastify takes them from Ajv: no error, but a list of faults.
    return compiled(value) || { error: compiled.errors as unknown as Error };
  };
};

const compilerOf = serializers();

/** Fastify's own way from a schema to the text of an answer, compiled when the first such answer is given. */
export const schemaController: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: {
    buildSerializer: (schemas, options) => {
      const compile = compilerOf(schemas, options);
      return (route) => {
        let serialize: ReturnType<typeof compile> | undefined;
        return (answer) => {
          serialize ??= compile(route);
          return serialize(answer);
        };
      };
    },
  },
};
