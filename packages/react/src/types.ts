import type { ApiError, operations, Schemas } from '@sallyport/client';

/** Who is signed in. */
export type User = Schemas['CurrentUser'];
export type SecondFactorMethod = Schemas['SecondFactorMethod'];
/** How an address, or an organization, signs in. */
export type SignInOptions = Schemas['SignInOptions'];

type CodeOf<Answer> = Answer extends { content: { 'application/problem+json': { code: infer Code } } } ? Code : never;
type CodesOf<Answers> = { [Status in keyof Answers]: CodeOf<Answers[Status]> }[keyof Answers];

/** How the operations named can be refused: `code` has just the codes they can answer, or that no answer arrived. */
export type Refusal<Operation extends keyof operations> = ApiError & {
  readonly code: CodesOf<operations[Operation]['responses']> | 'network' | 'unexpected';
};
