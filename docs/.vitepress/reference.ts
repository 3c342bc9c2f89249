import { type MadePage, read } from './repository.ts';

/* The reference of the API, made of the OpenAPI document: a page for each of its chapters, the schemas, the problems. */

interface Reference {
  $ref: string;
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  description?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown } | Reference>;
}

interface Answer {
  description: string;
  headers?: Record<string, { description?: string }>;
  content?: Record<string, Media>;
}

interface Parameter {
  in: string;
  name: string;
  required?: boolean;
  description?: string;
  example?: unknown;
  schema: Schema;
}

interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  security?: Record<string, string[]>[];
  responses: Record<string, Answer | Reference>;
}

interface Document {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    responses: Record<string, Answer>;
    examples: Record<string, { value: { code: string; status: number; title: string } }>;
    securitySchemes: Record<string, { description: string }>;
  };
}

const OF_DOCUMENT = 'packages/client/openapi.json';
const SCHEMAS = 'reference/schemas';
const PROBLEMS = 'reference/problems';

const document = JSON.parse(read(OF_DOCUMENT)) as Document;
const { schemas, responses: shared, examples: problems, securitySchemes } = document.components;

const nameIn = (reference: string): string => reference.split('/').at(-1) ?? '';
const addressOf = (chapter: string): string => `reference/${chapter.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;

/** The anchor of what has a name, as links to headings are written in the site. */
const anchorOf = (name: string): string => name.toLowerCase().replaceAll('_', '-');

/** In one row of a table, which a line or a stroke would end. */
const cell = (text: string): string => text.replaceAll('\n', ' ').replaceAll('|', '\\|');
const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const json = (value: unknown): string => JSON.stringify(value, null, 2);

const problemLink = (name: string): string => `[\`${name}\`](/${PROBLEMS}#${anchorOf(name)})`;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
);
type Placed = (typeof operations)[number];

const operationLink = ({ operationId, tags: [chapter = ''] }: Placed): string =>
  `[\`${operationId}\`](/${addressOf(chapter)}#${anchorOf(operationId)})`;

/** Bounds as people write them: `8 to 64`, `at most 200 characters`. */
function boundsOf({ minimum, maximum, minLength, maxLength, minItems, maxItems }: Schema): string {
  const range = (low: number | undefined, high: number | undefined, unit: string): string | null => {
    if (low === undefined && high === undefined) return null;
    const numbers = high === undefined ? `at least ${low}` : low ? `${low} to ${high}` : `at most ${high}`;
    return `${low === high ? high : numbers}${unit}`;
  };
  const bounds = [
    range(minimum, maximum, ''),
    range(minLength, maxLength, ' characters'),
    range(minItems, maxItems, ' entries'),
  ];
  return bounds.filter((bound) => bound !== null).join(', ');
}

/** What a value is, in the words of JSON, with links to what has a name. */
function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return `[${nameIn(schema.$ref)}](/${SCHEMAS}#${anchorOf(nameIn(schema.$ref))})`;
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ');
  if (schema.const !== undefined) return code(schema.const);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) return choices.map(typeOf).join(' or ');
  if (schema.allOf !== undefined) return schema.allOf.map(typeOf).join(' and ');
  const bounds = boundsOf(schema);
  if (schema.items !== undefined) return `array of ${typeOf(schema.items)}${bounds && `, ${bounds}`}`;
  const type = [schema.type ?? 'any value'].flat().join(' or ');
  return [type, schema.format, bounds].filter(Boolean).join(', ');
}

const defaultOf = (schema: Schema): string =>
  schema.default === undefined ? '' : `${code(schema.default)} unless told`;

/** Rows for the properties, and for those of objects within that have no name of their own. */
function rowsOf(schema: Schema, prefix = ''): string[] {
  const { properties = {}, required = [] } = schema.items?.properties ? schema.items : schema;
  return Object.entries(properties).flatMap(([name, property]) => {
    const told = [property.description, defaultOf(property)].filter(Boolean).join('; ');
    const row = `| \`${prefix}${name}\`${required.includes(name) ? '' : ' *'} | ${typeOf(property)} | ${cell(told)} |`;
    return [row, ...rowsOf(property, `${prefix}${name}.`)];
  });
}

/** A table of the properties of an object, `*` marking those that may be absent; else what the value is. */
function shapeOf(schema: Schema): string {
  const named = schema.$ref === undefined ? undefined : schemas[nameIn(schema.$ref)];
  const rows = rowsOf(named ?? schema);
  if (rows.length === 0) return typeOf(schema);
  const absent = rows.some((row) => row.includes('` * |')) ? '\n\n\\* may be absent' : '';
  return `${named ? `${typeOf(schema)}\n\n` : ''}| property | type | |\n| --- | --- | --- |\n${rows.join('\n')}${absent}`;
}

const examplesOf = (media: Media | undefined): Map<string, unknown> => {
  const named = Object.entries(media?.examples ?? {}).flatMap(([name, example]) =>
    'value' in example ? [[name, example.value] as const] : [],
  );
  return new Map(named.length === 0 && media?.example !== undefined ? [['example', media.example]] : named);
};

/** Method and address as they are sent, with the examples of the parameters. */
function requestLine({ method, path, parameters = [] }: Placed): string {
  const given = parameters.filter(({ example }) => example !== undefined);
  const filled = given
    .filter((parameter) => parameter.in === 'path')
    .reduce((address, { name, example }) => address.replace(`{${name}}`, encodeURIComponent(String(example))), path);
  const query = new URLSearchParams(
    given.filter((parameter) => parameter.in === 'query').map(({ name, example }) => [name, String(example)]),
  );
  const headers = given
    .filter((parameter) => parameter.in === 'header')
    .map(({ name, example }) => `${name}: ${example}`);
  return [`${method} ${filled}${query.size > 0 ? `?${query}` : ''} HTTP/1.1`, ...headers].join('\n');
}

/** The call as it was recorded, with its answer: each example by itself. */
function exchanges(operation: Placed): string {
  const [sentType, sent] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const successes = Object.entries(operation.responses).flatMap(([status, answer]) =>
    '$ref' in answer || Number(status) >= 400 ? [] : [{ status, answer }],
  );
  const answered = new Map(
    successes.flatMap(({ status, answer }) =>
      [...examplesOf(Object.values(answer.content ?? {})[0])].map(
        ([name, value]) => [name, { status, value }] as const,
      ),
    ),
  );
  const asked = examplesOf(sent);
  const names = [...new Set([...asked.keys(), ...answered.keys()])];
  return (names.length > 0 ? names : ['example'])
    .map((name, index) => {
      const body = asked.get(name);
      const form = sentType === 'application/x-www-form-urlencoded';
      const written = form ? new URLSearchParams(body as Record<string, string>).toString() : json(body);
      const request = [
        requestLine(operation),
        ...(body === undefined ? [] : [`content-type: ${sentType}`, '', written]),
      ];
      const { status = successes[0]?.status ?? '', value = undefined } = answered.get(name) ?? {};
      const answer =
        value === undefined
          ? `Answers ${status}, with no body.`
          : `Answers ${status}:\n\n\`\`\`json\n${typeof value === 'string' ? value : json(value)}\n\`\`\``;
      const title = names.length > 1 ? `Example: ${name.replaceAll('_', ' ')}` : 'Example';
      return `::: details ${title}${index === 0 ? ' {open}' : ''}\n\`\`\`http\n${request.join('\n')}\n\`\`\`\n\n${answer}\n:::`;
    })
    .join('\n\n');
}

/** The codes by status; those that every call may answer stand with the others. */
const codesOf = ({ responses }: Operation): [status: string, codes: string[]][] =>
  Object.entries(responses).flatMap(([status, answer]) => {
    const media = Object.values(('$ref' in answer ? shared[nameIn(answer.$ref)] : answer)?.content ?? {})[0];
    const codes = Object.keys(media?.examples ?? {}).filter((name) => name in problems);
    return Number(status) >= 400 ? [[status, codes] as [string, string[]]] : [];
  });

function errorsOf(operation: Operation): string {
  const rows = codesOf(operation).map(([status, codes]) => `| ${status} | ${codes.map(problemLink).join(', ')} |`);
  return `| status | codes |\n| --- | --- |\n${rows.join('\n')}`;
}

function parametersOf({ parameters = [] }: Operation): string[] {
  if (parameters.length === 0) return [];
  const rows = parameters.map(({ in: place, name, required, description = '', schema }) => {
    const told = [description, defaultOf(schema)].filter(Boolean).join('; ');
    return `| \`${name}\`${required ? '' : ' *'} | ${place} | ${typeOf(schema)} | ${cell(told)} |`;
  });
  return [`**Parameters**`, `| name | in | type | |\n| --- | --- | --- | --- |\n${rows.join('\n')}`];
}

/** Cookies or key: one of them is enough. */
function neededBy({ security = [] }: Operation): string {
  const ways = security.map((way) => Object.keys(way).map((name) => securitySchemes[name]?.description ?? name));
  if (ways.every((way) => way.length === 0)) return 'Needs no session.';
  return `Needs: ${ways.map((way) => way.join(' ')).join(' Or: ')}`;
}

function operationPart(operation: Placed): string {
  const [, sent] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const answers = Object.entries(operation.responses).flatMap(([status, answer]) => {
    if ('$ref' in answer || Number(status) >= 400) return [];
    const [media] = Object.values(answer.content ?? {});
    const headers = Object.entries(answer.headers ?? {}).map(
      ([name, { description = '' }]) => `Header \`${name}\`: ${description}.`,
    );
    return [`**Answer ${status}**`, media === undefined ? 'No body.' : shapeOf(media.schema), ...headers];
  });
  return [
    `## ${operation.summary} {#${anchorOf(operation.operationId)}}`,
    `\`${operation.method} ${operation.path}\``,
    operation.description,
    neededBy(operation),
    ...parametersOf(operation),
    ...(sent === undefined ? [] : ['**Body**', shapeOf(sent.schema)]),
    ...answers,
    exchanges(operation),
    '**Errors**',
    errorsOf(operation),
  ].join('\n\n');
}

function schemaPart([name, schema]: [string, Schema]): string {
  return [`## ${name} {#${anchorOf(name)}}`, ...(schema.description ? [schema.description] : []), shapeOf(schema)].join(
    '\n\n',
  );
}

function problemPart([name, { value }]: [string, { value: { status: number; title: string } }]): string {
  const answering = operations.filter((operation) => codesOf(operation).some(([, codes]) => codes.includes(name)));
  const where =
    answering.length === operations.length
      ? 'Every operation may answer so.'
      : `Answered by ${answering.map(operationLink).join(', ')}.`;
  return [
    `## ${name} {#${anchorOf(name)}}`,
    `${value.status}: ${value.title}.`,
    `\`\`\`json\n${json(value)}\n\`\`\``,
    where,
  ].join('\n\n');
}

/** The chapters in the order in which somebody meets them. */
export const chapters = document.tags.map(({ name, description }) => ({ name, description, path: addressOf(name) }));

/** A page for each chapter of the document, the one of problems with all codes, and one for the schemas. */
export const referencePages: MadePage[] = [
  ...chapters.map(({ name, description, path }) => ({
    path,
    parts: [
      `# ${name}`,
      description,
      ...operations.filter(({ tags }) => tags.includes(name)).map(operationPart),
      ...(path === PROBLEMS ? Object.entries(problems).map(problemPart) : []),
    ],
  })),
  { path: SCHEMAS, parts: ['# Schemas', 'What bodies are made of.', ...Object.entries(schemas).map(schemaPart)] },
].map(({ path, parts }) => ({ path, source: OF_DOCUMENT, content: parts.join('\n\n') }));
