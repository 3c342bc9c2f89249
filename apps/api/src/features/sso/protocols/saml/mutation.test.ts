import { samlProviderObstacle } from '@sallyport/testkit/saml-provider';
import type { Element } from '@xmldom/xmldom';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Draft, encoded } from '../../../../testing/providers/saml/forge.ts';
import { type Genuine, SamlScene } from '../../../../testing/providers/saml/scene.ts';
import { verifyResponse } from './answer.ts';
import { SamlFault } from './fault.ts';
import { descendants } from './xml.ts';

vi.setConfig({ testTimeout: 180_000 });
const obstacle = samlProviderObstacle();
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));

const runs = { numRuns: 150 };
let scene: SamlScene;
/** One of each way to sign and to encrypt. */
let genuine: readonly Genuine[];
/** Of somebody else, to be mixed in: signed just as well, for another request. */
let foreign: Genuine;

beforeAll(async () => {
  if (obstacle !== null) return;
  scene = await SamlScene.open();
  foreign = await scene.signIn('bob');
  const ways = [{}, { sign: ['response'] }, { sign: ['response', 'assertion'] }, { encrypt: true }] as const;
  const answers: Genuine[] = [];
  for (const way of ways) {
    scene.treat(way);
    answers.push(await scene.signIn('alice'));
  }
  genuine = answers;
}, 60_000);
afterAll(() => scene?.close());

/** Whatever was done to the answer: it is refused in our words, or says just what the provider signed. */
async function refusedOrUnchanged(hostile: string, { verified, ...known }: Genuine): Promise<void> {
  const outcome = await scene.verify(hostile, known).catch((fault: unknown) => fault);
  if (!(outcome instanceof SamlFault)) expect(outcome).toEqual(verified);
}

const anyAnswer = fc.nat({ max: 3 });
const position = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

test('SEC-32: text cut, doubled, moved and inserted anywhere never verifies to something else', async () => {
  const tokens = [
    ...['<', '>', '&', '"', ' ', '\0', '<!---->', '<?x?>', '<![CDATA[', ']]>', '&#10;', '&amp;', '\u200b', '\ud800'],
    ...['<saml:NameID>', '</saml:NameID>', '<saml:Assertion>', '</saml:Assertion>', ' ID="x"', ' xmlns:saml="urn:x"'],
  ];
  const edit = fc.record({
    kind: fc.constantFrom('cut', 'double', 'insert', 'mix'),
    from: position,
    length: fc.nat({ max: 3_000 }),
    to: position,
    token: fc.oneof(fc.constantFrom(...tokens), fc.string({ unit: 'binary', maxLength: 3 })),
  });
  await fc.assert(
    fc.asyncProperty(anyAnswer, fc.array(edit, { minLength: 1, maxLength: 3 }), async (which, edits) => {
      const original = genuine[which] ?? foreign;
      let text = original.xml;
      for (const { kind, from, length, to, token } of edits) {
        const [start, target] = [Math.floor(from * text.length), Math.floor(to * text.length)];
        const piece = {
          cut: '',
          double: text.slice(start, start + length),
          insert: token,
          mix: foreign.xml.slice(start, start + length),
        }[kind];
        text =
          kind === 'cut'
            ? text.slice(0, start) + text.slice(start + Math.max(length, 1))
            : text.slice(0, target) + piece + text.slice(target);
      }
      await refusedOrUnchanged(text, original);
    }),
    runs,
  );
});

test('SEC-32: elements moved, copied, renamed and removed never verify to something else', async () => {
  const edit = fc.record({
    kind: fc.constantFrom('move', 'copy', 'foreign', 'remove', 'text', 'id'),
    what: position,
    where: position,
    first: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(anyAnswer, fc.array(edit, { minLength: 1, maxLength: 3 }), async (which, edits) => {
      const original = genuine[which] ?? foreign;
      const draft = new Draft(original.xml);
      const bobs = new Draft(foreign.xml);
      for (const { kind, what, where, first } of edits) {
        const source = pick(kind === 'foreign' ? bobs : draft, what);
        const target = pick(draft, where);
        if (kind === 'remove') source.parentNode?.removeChild(source);
        else if (kind === 'text') source.textContent = foreign.verified.subject;
        else if (kind === 'id') source.setAttribute('ID', draft.response.getAttribute('ID') ?? '');
        else if (kind === 'copy' || kind === 'foreign' || !descendants(source).includes(target)) {
          const node = kind === 'move' ? source : source.cloneNode(true);
          // xmldom cannot put what comes first before itself.
          node.parentNode?.removeChild(node);
          target.insertBefore(node, first ? target.firstChild : null);
        }
      }
      await refusedOrUnchanged(draft.toString(), original);
    }),
    runs,
  );
});

/** Elements of the protocol more often than the many small ones of a signature. */
function pick(draft: Draft, at: number): Element {
  const all = descendants(draft.response);
  const big = all.filter(({ localName }) =>
    /Response|Assertion|Subject|NameID|Signature|Conditions/.test(localName ?? ''),
  );
  const from = [...all, ...big, ...big];
  return from[Math.floor(at * from.length)] ?? draft.response;
}

test('SEC-32, SEC-34: whatever is posted is refused in our words', async () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.string({ unit: 'binary' }).map(encoded),
    fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  );
  await fc.assert(
    fc.asyncProperty(anything, async (field) => {
      const expected = { expectedRequestId: null };
      const outcome = verifyResponse(scene.connection, field, expected, new Date());
      await expect(outcome).rejects.toBeInstanceOf(SamlFault);
    }),
    { numRuns: 500 },
  );
});
