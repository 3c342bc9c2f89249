import type { ErrorObject } from 'ajv';

/** What is wrong with a value, and where. */
export interface Fault {
  /** RFC 6901 JSON pointer, after the prefix. */
  pointer: string;
  /** Goes on from the name of the value: `is missing`. */
  message: string;
}

/**
 * The faults that Ajv found, in our words.
 *
 * @param prefix put before each pointer; nothing unless told
 */
export const faultsOf = (errors: readonly ErrorObject[], { prefix = '' }: { prefix?: string } = {}): Fault[] =>
  errors.map((error) => ({ pointer: `${prefix}${pointerOf(error)}`, message: messageOf(error) }));

function pointerOf({ keyword, instancePath, params }: ErrorObject): string {
  if (keyword === 'required') return `${instancePath}/${params.missingProperty}`;
  if (keyword === 'additionalProperties') return `${instancePath}/${params.additionalProperty}`;
  return instancePath;
}

function messageOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'required') return 'is missing';
  if (keyword === 'additionalProperties') return 'is not known here';
  if (keyword === 'enum') return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
  return message ?? 'is not valid';
}
