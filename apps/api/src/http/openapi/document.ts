/** JSON as the document holds it. */
export type Json = Record<string, unknown>;

interface Media {
  schema: Json;
  example?: unknown;
  examples?: Record<string, { summary?: string; value: unknown } | Reference>;
}

export interface Parameter {
  in: 'path' | 'query' | 'header';
  name: string;
  example?: unknown;
}

export interface Answer {
  description: string;
  headers?: Record<string, unknown>;
  content?: Record<string, Media>;
  links?: Record<string, object>;
}

interface Reference {
  $ref: string;
}

export interface Operation extends Json {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Answer | Reference>;
}

/** The part of an OpenAPI document that is worked on here. */
export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json>; responses?: Record<string, Answer>; examples?: Json };
}

/** The answer itself, not a reference to one that several operations share. */
export const ownAnswer = ({ responses }: Operation, status: number): Answer | undefined => {
  const answer = responses[status];
  return answer && '$ref' in answer ? undefined : answer;
};

export const operationsOf = ({ paths }: Document): Operation[] =>
  Object.values(paths).flatMap(Object.values<Operation>);
