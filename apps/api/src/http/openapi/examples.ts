import { type Document, type Operation, operationsOf, ownAnswer } from './document.ts';
import recorded from './examples.json' with { type: 'json' };

/** A call and its answer, as the running product gave it: see openapi-examples.db.test.ts. */
export interface Recorded {
  summary?: string;
  /** By name: of the path, the query and the headers. */
  parameters?: Record<string, unknown>;
  body?: unknown;
  status: number;
  answer?: unknown;
}

const JSON_TYPE = 'application/json';

/** By operation, then by the name of the example. */
const examples = recorded as Record<string, Record<string, Recorded>>;

/** Each operation with what was recorded of it. */
export function withExamples(document: Document): Document {
  for (const operation of operationsOf(document)) {
    for (const [name, example] of Object.entries(examples[operation.operationId] ?? {})) add(operation, name, example);
  }
  return document;
}

function add(operation: Operation, name: string, { summary, parameters, body, status, answer }: Recorded): void {
  const titled = summary === undefined ? {} : { summary };
  const put = (media: { examples?: object } | undefined, value: unknown): void => {
    if (media && value !== undefined) media.examples = { ...media.examples, [name]: { ...titled, value } };
  };
  put(operation.requestBody?.content[JSON_TYPE], body);
  put(ownAnswer(operation, status)?.content?.[JSON_TYPE], answer);
  for (const parameter of operation.parameters ?? []) {
    const value = parameters?.[parameter.name];
    if (value !== undefined) parameter.example ??= value;
  }
}
