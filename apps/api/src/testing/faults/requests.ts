import fc, { type Arbitrary } from 'fast-check';
import type { Document, Operation } from '../../http/openapi/document.ts';

/** A request as it goes over the wire. */
export interface FuzzedRequest {
  method: string;
  /** Path and query, encoded. */
  url: string;
  headers: Record<string, string>;
  body?: string;
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
}

/** Deeper than any schema of ours that is not recursive. */
const DEPTH = 6;

/** What breaks parsers, databases and pages. */
const hostileText = fc.constantFrom(
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', '\u202e', '😀'.repeat(300), 'x'.repeat(5000), "' OR 1=1 --", '%00', '%'],
  ...[
    '../../etc/passwd',
    '__proto__',
    'constructor',
    '<script>',
    '{{7*7}}',
    '\r\nSet-Cookie: a=b',
    'null',
    '-1',
    '1e400',
  ],
  ...['0'.repeat(64), '123456', '２３４５６７', 'a@b', 'a@b@c', 'A@EXAMPLE.COM', '9999-99-99T99:99:99Z', 'true'],
);
const hostile = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, 0, -1, 1.5, 2 ** 53, -(2 ** 63), [], {}, [[]], { $ne: null }),
  fc.anything({ maxDepth: 3, maxKeys: 4 }),
);

/** Makes requests of what the document says of an operation, most of which fit it, and the others in one place not. */
export class RequestMaker {
  /** @param ids of things that are there, to be named in paths */
  constructor(
    private readonly document: Document,
    private readonly ids: readonly string[],
  ) {}

  of(path: string, method: string, operation: Operation): Arbitrary<FuzzedRequest> {
    const parameters = (operation.parameters ?? []) as unknown as { in: string; name: string; schema: Schema }[];
    const inPlace = (place: string) => parameters.filter((one) => one.in === place);
    const media = Object.entries(operation.requestBody?.content ?? {})[0];
    const [type = 'application/json', { schema } = {}] = (media ?? []) as [string?, { schema?: Schema }?];
    return fc
      .record({
        path: fc.record(Object.fromEntries(inPlace('path').map(({ name }) => [name, this.pathPart()]))),
        query: fc.record(Object.fromEntries(inPlace('query').map(({ name, schema: one }) => [name, this.loose(one)])), {
          requiredKeys: [],
        }),
        headers: fc.record(
          Object.fromEntries(
            inPlace('header').map(({ name }) => [name, fc.constantFrom('"1"', '*', 'W/"x"', '"', 'x')]),
          ),
          { requiredKeys: [] },
        ),
        body: schema === undefined ? fc.constant(undefined) : this.body(schema),
        type: fc.oneof(
          { weight: 19, arbitrary: fc.constant(type) },
          { weight: 1, arbitrary: fc.constant('text/plain') },
        ),
      })
      .map(({ path: parts, query, headers, body, type: sent }) => {
        const filled = path.replace(/\{(\w+)\}/g, (_, name) => encoded(String(parts[name])));
        const search = Object.entries(query).map(([name, value]) => `${name}=${encoded(textOf(value))}`);
        return {
          method: method.toUpperCase(),
          url: filled + (search.length === 0 ? '' : `?${search.join('&')}`),
          headers: { ...headers, ...(body === undefined ? {} : { 'content-type': sent }) },
          ...(body === undefined ? {} : { body: sent.includes('urlencoded') ? formOf(body) : body }),
        };
      });
  }

  /** JSON that fits, that fits but for one place, or that is none. */
  private body(schema: Schema): Arbitrary<string> {
    const fitting = this.fitting(schema);
    const bent = fc.tuple(fitting, fc.nat(), hostile).map(([value, at, other]) => bend(value, at, other));
    return fc.oneof(
      { weight: 5, arbitrary: fitting.map(textOf) },
      { weight: 4, arbitrary: bent.map(textOf) },
      {
        weight: 1,
        arbitrary: fc.oneof(hostile.map(textOf), fc.constantFrom('', '{', '[1,', '{"a":1e999}', '"\\ud800"')),
      },
    );
  }

  private pathPart(): Arbitrary<string> {
    return fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...this.ids) },
      { weight: 2, arbitrary: fc.uuid() },
      { weight: 2, arbitrary: hostileText.filter((text) => text !== '') },
    );
  }

  private loose(schema: Schema): Arbitrary<unknown> {
    return fc.oneof({ weight: 3, arbitrary: this.fitting(schema) }, { weight: 1, arbitrary: hostileText });
  }

  private fitting(schema: Schema, depth = 0): Arbitrary<unknown> {
    if (schema.$ref !== undefined) return this.fitting(this.resolved(schema.$ref), depth);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const either = schema.anyOf ?? schema.oneOf;
    if (either) return fc.oneof(...either.map((one) => this.fitting(one, depth)));
    if (schema.allOf) {
      const parts = fc.tuple(...schema.allOf.map((one) => this.fitting(one, depth)));
      return parts.map((values) => Object.assign({}, ...values));
    }
    const types = [schema.type ?? 'object'].flat();
    return fc.oneof(...types.map((type) => this.ofType(type, schema, depth)));
  }

  private ofType(type: string, schema: Schema, depth: number): Arbitrary<unknown> {
    switch (type) {
      case 'string':
        return this.text(schema);
      case 'integer':
      case 'number':
        return fc.integer({ min: schema.minimum ?? -5, max: schema.maximum ?? 1000 });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return fc.array(depth < DEPTH ? this.fitting(schema.items ?? {}, depth + 1) : fc.constant(null), {
          maxLength: Math.min(schema.maxItems ?? 3, 3),
        });
      default: {
        const properties = depth < DEPTH ? Object.entries(schema.properties ?? {}) : [];
        const values = Object.fromEntries(properties.map(([name, one]) => [name, this.fitting(one, depth + 1)]));
        const requiredKeys = (schema.required ?? []).filter((name) => name in values);
        return fc.record(values, { requiredKeys, noNullPrototype: true });
      }
    }
  }

  private text({ format, minLength = 0, maxLength = 40 }: Schema): Arbitrary<string> {
    switch (format) {
      case 'email':
        return fc.nat({ max: 10_000 }).map((number) => `fuzz-${number}@faults.example`);
      case 'uuid':
        return fc.oneof(fc.constantFrom(...this.ids), fc.uuid());
      case 'date-time':
        return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
      case 'uri':
        // Nothing but this machine is ever asked.
        return fc.constantFrom('https://127.0.0.1:1/', 'http://127.0.0.1:1/metadata', 'urn:fuzz');
      default: {
        const most = Math.max(minLength, Math.min(maxLength, 60));
        return fc.oneof(
          fc.string({ minLength, maxLength: most }),
          fc.string({ minLength, maxLength: most, unit: 'grapheme' }),
          fc
            .constantFrom('123456', 'plum vessel orbit canyon', 'fuzz', 'a-slug')
            .filter((text) => text.length >= minLength),
        );
      }
    }
  }

  private resolved(reference: string): Schema {
    const name = reference.split('/').at(-1) ?? '';
    return (this.document.components.schemas[name] ?? {}) as Schema;
  }
}

/** Puts `other` in one place of an object: for a property, for one that nobody knows, or for all of it. */
function bend(value: unknown, at: number, other: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return other;
  const names = [...Object.keys(value), '__proto__', 'unknown'];
  const name = names[at % names.length] ?? 'unknown';
  return JSON.parse(
    `${textOf(value).replace(/\}$/, Object.keys(value).length > 0 ? ',' : '')}${JSON.stringify(name)}:${textOf(other)}}`,
  );
}

/** JSON of anything; what JSON knows not becomes text. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  try {
    return JSON.stringify(value, (_key, one) => (typeof one === 'bigint' ? String(one) : one)) ?? 'null';
  } catch {
    return 'null';
  }
}

function formOf(body: string): string {
  try {
    return new URLSearchParams(JSON.parse(body) as Record<string, string>).toString();
  } catch {
    return body;
  }
}

/** As browsers do it; a lone surrogate has no encoding and goes as a question mark. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'));
