import { type Fault, Problem } from '@sallyport/core';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Static, TSchema } from 'typebox';

const options = {
  allErrors: true,
  useDefaults: true,
  removeAdditional: false,
  strict: false,
  discriminator: true,
  // For the words of a fault alone: what was judged is in no answer.
  verbose: true,
} as const;

const json = addFormats.default(new Ajv({ ...options, coerceTypes: false }));
const text = addFormats.default(new Ajv({ ...options, coerceTypes: true }));

/** For JSON, which carries its types. Defaults are filled in; unknown properties are refused where an object is closed. */
export const compileForJson = (schema: object): ValidateFunction => json.compile(schema);

/** For query strings and parameters, which are text and read as the schema says. */
export const compileForText = (schema: object): ValidateFunction => text.compile(schema);

/**
 * Reads values that no route judged whole.
 *
 * @returns a function that gives its argument back with defaults filled in, and throws Problem `invalid_request` with
 *   every fault where it does not fit
 */
export function readerOf<T extends TSchema>(schema: T): (value: unknown) => Static<T> {
  let compiled: ValidateFunction | undefined;
  return (value) => {
    compiled ??= compileForJson(schema);
    if (!compiled(value)) throw new Problem('invalid_request', { errors: faultsOf(compiled.errors ?? []) });
    return value as Static<T>;
  };
}

/**
 * The faults that Ajv found, in our words, one for each place. No word of the value is in a message (SEC-42).
 *
 * @param prefix put before each pointer; nothing unless told
 * @param limit  how many are enough; all unless told
 */
export function faultsOf(
  errors: readonly ErrorObject[],
  { prefix = '', limit = Number.POSITIVE_INFINITY }: { prefix?: string; limit?: number } = {},
): Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of errors) {
    if (faults.size >= limit) break;
    // Says only that one of the alternatives, which say it better, has to fit.
    if (error.keyword === 'anyOf') continue;
    const pointer = `${prefix}${pointerOf(error)}`;
    if (!faults.has(pointer)) faults.set(pointer, { pointer, message: messageOf(error) });
  }
  return [...faults.values()];
}

function pointerOf({ keyword, instancePath, params }: ErrorObject): string {
  if (keyword === 'required') return `${instancePath}/${params.missingProperty}`;
  if (keyword === 'additionalProperties') return `${instancePath}/${escaped(params.additionalProperty)}`;
  if (keyword === 'discriminator') return `${instancePath}/${params.tag}`;
  return instancePath;
}

/** RFC 6901 section 3. The name of a property comes from outside, and must not break the line. */
const escaped = (name: string): string =>
  name.replaceAll('~', '~0').replaceAll('/', '~1').replace(/\p{C}/gu, '�').slice(0, 100);

function messageOf({ keyword, params, message, parentSchema }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return 'is not known here';
    case 'enum':
      return oneOf(params.allowedValues);
    case 'discriminator':
      return oneOf(parentSchema?.oneOf.map(({ properties }: TaggedSchema) => properties[params.tag]?.const));
    case 'pattern':
      return typeof parentSchema?.fault === 'string' ? parentSchema.fault : (message ?? 'does not fit');
    default:
      return message ?? 'does not fit';
  }
}

interface TaggedSchema {
  properties: Record<string, { const?: string }>;
}

const oneOf = (values: readonly unknown[]): string => `must be one of ${values.join(', ')}`;
