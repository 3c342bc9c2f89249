import { type Document, type Operation, ownAnswer } from './document.ts';

/**
 * What follows from an answer: the next page of a list by its `nextCursor`, and what may be sent with the `ETag` of
 * something that was read, changed or made.
 */
export function withLinks(document: Document): Document {
  const changes = new Map(
    Object.entries(document.paths).flatMap(([path, { patch }]) =>
      patch?.parameters?.some(({ name }) => name === 'if-match') ? [[path, patch] as const] : [],
    ),
  );
  for (const [path, byMethod] of Object.entries(document.paths)) {
    for (const operation of Object.values(byMethod)) {
      const answer = ownAnswer(operation, 200) ?? ownAnswer(operation, 201);
      if (!answer) continue;
      const change = changes.get(path) ?? [...changes].find(([of]) => parentOf(of) === path)?.[1];
      const links = {
        ...(takes(operation, 'cursor') ? { nextPage: nextPage(operation) } : {}),
        ...(answer.headers?.ETag && change ? { change: changeOf(change) } : {}),
      };
      if (Object.keys(links).length > 0) answer.links = links;
    }
  }
  return document;
}

const takes = ({ parameters = [] }: Operation, parameter: string) => parameters.some(({ name }) => name === parameter);

const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'));

const nextPage = ({ operationId, parameters = [] }: Operation) => ({
  operationId,
  description: 'The same call with `nextCursor`, until that is null.',
  parameters: {
    ...Object.fromEntries(parameters.filter((each) => each.in === 'path').map(ofRequest)),
    cursor: '$response.body#/nextCursor',
  },
});

const changeOf = ({ operationId, parameters = [] }: Operation) => ({
  operationId,
  description: 'Send the `ETag` as `If-Match`: 412 tells that somebody was faster.',
  parameters: {
    ...Object.fromEntries(
      parameters
        .filter((each) => each.in === 'path')
        .map((each, index, all) => (index === all.length - 1 ? [each.name, '$response.body#/id'] : ofRequest(each))),
    ),
    'if-match': '$response.header.ETag',
  },
});

const ofRequest = ({ name }: { name: string }) => [name, `$request.path.${name}`];
