import { isDeepStrictEqual } from 'node:util';
import type { Document, Json } from './document.ts';

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const SCHEMAS = '#/components/schemas/';

/** What holds values, not schemas. */
const ofValues = new Set(['example', 'examples', 'default', 'enum', 'const', 'required']);

/**
 * Schemas with a `title` become components of that name, and a reference wherever they are used.
 *
 * @throws Error for two schemas of one title
 */
export function withComponents(document: Document): Document {
  const { schemas } = document.components;
  const named = new Map<string, Json>();

  const refer = (schema: Json, title: string): Json => {
    const known = named.get(title);
    if (known && !isDeepStrictEqual(known, schema)) throw new Error(`Two schemas are called ${title}.`);
    named.set(title, schema);
    return { $ref: `${SCHEMAS}${title}` };
  };

  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isObject(value)) return value;
    const { title, ...others } = value;
    const entries = Object.entries(typeof title === 'string' ? others : value);
    const parts = entries.map(([key, part]) => [key, ofValues.has(key) ? part : walk(part)]);
    const walked = completed(Object.fromEntries(parts), named);
    return typeof title === 'string' ? refer(walked, title) : walked;
  };

  const paths = walk(document.paths) as Document['paths'];
  const own = walk(schemas) as Record<string, Json>;
  const all = [...Object.entries(own), ...named].sort(([one], [other]) => (one < other ? -1 : 1));
  return { ...document, paths, components: { ...document.components, schemas: Object.fromEntries(all) } };
}

/** What generators want to be told and validation does not need. */
function completed(schema: Json, named: ReadonlyMap<string, Json>): Json {
  const { enum: values, discriminator, oneOf } = schema;
  if (Array.isArray(values) && schema.type === undefined) {
    return { type: values.every((value) => typeof value === 'string') ? 'string' : 'integer', ...schema };
  }
  if (!isObject(discriminator) || !Array.isArray(oneOf)) return schema;
  const tag = String(discriminator.propertyName);
  const mapping = Object.fromEntries(
    oneOf.map(({ $ref }: { $ref: string }) => {
      const { properties } = named.get($ref.slice(SCHEMAS.length)) as {
        properties: Record<string, { enum: [string] }>;
      };
      return [properties[tag]?.enum[0], $ref];
    }),
  );
  return { ...schema, discriminator: { ...discriminator, mapping } };
}
