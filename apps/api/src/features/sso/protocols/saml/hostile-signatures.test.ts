import { samlProviderObstacle, testKeyPair } from '@sallyport/testkit/saml-provider';
import type { Element } from '@xmldom/xmldom';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Draft, signed } from '../../../../testing/providers/saml/forge.ts';
import { type Genuine, SamlScene } from '../../../../testing/providers/saml/scene.ts';
import type { SpKeyPair } from './service-provider.ts';

vi.setConfig({ testTimeout: 30_000 });
const obstacle = samlProviderObstacle();
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));

let scene: SamlScene;
/** By what is signed. */
let genuine: { Assertion: Genuine; Response: Genuine };
let evilSubject: string;
let foreign: SpKeyPair;

beforeAll(async () => {
  if (obstacle !== null) return;
  [scene, foreign] = await Promise.all([SamlScene.open(), testKeyPair('foreign')]);
  const assertion = await scene.signIn('alice');
  evilSubject = (await scene.signIn('bob')).verified.subject;
  scene.treat({ sign: ['response'] });
  genuine = { Assertion: assertion, Response: await scene.signIn('alice') };
}, 60_000);
afterAll(() => scene?.close());

const copyOf = (element: Element): Element => element.cloneNode(true) as Element;

/** Makes it say that it is bob. */
function corrupt(element: Element, id = '_evil'): Element {
  element.setAttribute('ID', id);
  const [nameId] = element.getElementsByTagName('saml:NameID');
  if (nameId !== undefined) nameId.textContent = evilSubject;
  return element;
}

function withoutSignature(element: Element): Element {
  for (const signature of [...element.getElementsByTagName('ds:Signature')])
    signature.parentNode?.removeChild(signature);
  return element;
}

/** Signature wrapping as Somorovsky and others name it ("On Breaking SAML", 2012), in the order of SAML Raider. */
const wrappings: [string, 'Response' | 'Assertion', (draft: Draft) => void][] = [
  [
    'XSW1: the signed response inside of the signature of another',
    'Response',
    (draft) => {
      const original = withoutSignature(copyOf(draft.response));
      draft.the('Signature').appendChild(original);
      corrupt(draft.response);
    },
  ],
  [
    'XSW2: the signed response beside its detached signature',
    'Response',
    (draft) => {
      const original = withoutSignature(copyOf(draft.response));
      draft.response.insertBefore(original, draft.the('Signature'));
      corrupt(draft.response);
    },
  ],
  [
    'XSW3: another assertion before the signed one',
    'Assertion',
    (draft) => {
      const evil = corrupt(withoutSignature(copyOf(draft.assertion)));
      draft.response.insertBefore(evil, draft.assertion);
    },
  ],
  [
    'XSW4: another assertion around the signed one',
    'Assertion',
    (draft) => {
      const original = draft.assertion;
      const evil = corrupt(withoutSignature(copyOf(original)));
      draft.response.appendChild(evil);
      evil.appendChild(original);
    },
  ],
  [
    'XSW5: the signature in another assertion, the signed one behind',
    'Assertion',
    (draft) => {
      const original = withoutSignature(copyOf(draft.assertion));
      corrupt(draft.assertion);
      draft.response.appendChild(original);
    },
  ],
  [
    'XSW6: the signed assertion inside of the signature of another',
    'Assertion',
    (draft) => {
      const original = withoutSignature(copyOf(draft.assertion));
      draft.the('Signature').appendChild(original);
      corrupt(draft.assertion);
    },
  ],
  [
    'XSW7: another assertion of the same ID in Extensions',
    'Assertion',
    (draft) => {
      const evil = corrupt(withoutSignature(copyOf(draft.assertion)), draft.assertion.getAttribute('ID') ?? '');
      const extensions = draft.add(draft.response, 'samlp:Extensions');
      draft.response.insertBefore(extensions, draft.assertion);
      extensions.appendChild(evil);
    },
  ],
  [
    'XSW8: the signed assertion in an Object of the signature of another',
    'Assertion',
    (draft) => {
      const original = withoutSignature(copyOf(draft.assertion));
      draft.add(draft.the('Signature'), 'ds:Object').appendChild(original);
      corrupt(draft.assertion);
    },
  ],
];

test.each(wrappings)('SEC-32: signature wrapping is refused, %s', async (_, what, wrap) => {
  const { xml, ...known } = genuine[what];
  const draft = new Draft(xml);
  wrap(draft);
  const hostile = draft.toString();
  expect(hostile).toContain(evilSubject);
  await expect(scene.verify(hostile, known)).rejects.toMatchObject({ code: 'unexpected_structure' });
});

const changes: [string, string, (draft: Draft) => void][] = [
  ['the signature was removed', 'unsigned', (draft) => draft.remove('Signature')],
  [
    'the subject was changed',
    'invalid_signature',
    (draft) => corrupt(draft.assertion, draft.assertion.getAttribute('ID') ?? ''),
  ],
  ['the signature value was emptied', 'invalid_signature', (draft) => (draft.the('SignatureValue').textContent = '')],
  ['the digest was changed', 'invalid_signature', (draft) => (draft.the('DigestValue').textContent = 'AAAA')],
  [
    'a second assertion that nobody signed',
    'unexpected_structure',
    (draft) => {
      draft.response.appendChild(corrupt(withoutSignature(copyOf(draft.assertion))));
    },
  ],
  [
    'an unsigned assertion among its advice',
    'unexpected_structure',
    (draft) => {
      draft.add(draft.assertion, 'saml:Advice').appendChild(corrupt(withoutSignature(copyOf(draft.assertion))));
    },
  ],
  [
    'an assertion of another namespace',
    'unexpected_structure',
    (draft) => {
      draft.add(draft.response, 'samlp:Assertion');
    },
  ],
  ['a signature over nothing', 'unexpected_structure', (draft) => draft.the('Reference').setAttribute('URI', '')],
  [
    'two references',
    'unexpected_structure',
    (draft) => {
      draft.the('SignedInfo').appendChild(copyOf(draft.the('Reference')));
    },
  ],
  [
    'two signatures',
    'unexpected_structure',
    (draft) => {
      draft.assertion.appendChild(copyOf(draft.the('Signature')));
    },
  ],
  [
    'a signature inside of the subject',
    'unexpected_structure',
    (draft) => {
      draft.the('Subject').appendChild(draft.the('Signature'));
    },
  ],
  [
    'an XSLT transform',
    'unexpected_structure',
    (draft) => draft.the('Transform').setAttribute('Algorithm', 'http://www.w3.org/TR/1999/REC-xslt-19991116'),
  ],
  [
    'an XPath transform',
    'unexpected_structure',
    (draft) => draft.the('Transform').setAttribute('Algorithm', 'http://www.w3.org/TR/1999/REC-xpath-19991116'),
  ],
  [
    'HMAC in place of RSA',
    'weak_algorithm',
    (draft) => draft.the('SignatureMethod').setAttribute('Algorithm', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'),
  ],
  [
    'a signature method of nobody',
    'weak_algorithm',
    (draft) => draft.the('SignatureMethod').removeAttribute('Algorithm'),
  ],
];

test.each(changes)('SEC-32: refused: %s', async (_, code, change) => {
  const { xml, ...known } = genuine.Assertion;
  const draft = new Draft(xml);
  change(draft);
  await expect(scene.verify(draft.toString(), known)).rejects.toMatchObject({ code });
});

test('SEC-32: signed anew by the provider, the same answer verifies, so that refusals have other reasons', async () => {
  const { xml, verified, ...known } = genuine.Assertion;
  await expect(
    scene.verify(
      scene.resigned(xml, () => {}),
      known,
    ),
  ).resolves.toEqual(verified);
});

test('SEC-32: a signature by a foreign key is refused, also with its certificate beside it', async () => {
  const { xml, ...known } = genuine.Assertion;
  const hostile = scene.resigned(xml, () => {}, { keyPair: foreign });
  await expect(scene.verify(hostile, known)).rejects.toMatchObject({ code: 'invalid_signature' });
});

test.each(['Response', 'Assertion'] as const)(
  'SEC-32: a right signature beside a foreign one of the %s does not help',
  async (by) => {
    const { xml, ...known } = genuine.Assertion;
    const draft = new Draft(xml);
    draft.remove('Signature');
    const keys = { Response: scene.provider.keys.first, Assertion: scene.provider.keys.first };
    keys[by] = foreign;
    const inside = signed(draft.toString(), 'Assertion', { keyPair: keys.Assertion });
    const hostile = signed(inside, 'Response', { keyPair: keys.Response });
    await expect(scene.verify(hostile, known)).rejects.toMatchObject({ code: 'invalid_signature' });
  },
);

test.each([
  ['signature', { signatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }],
  ['digest', { digestAlgorithm: 'http://www.w3.org/2000/09/xmldsig#sha1' }],
])('SEC-32: a SHA-1 %s is refused', async (_, options) => {
  const { xml, ...known } = genuine.Assertion;
  const hostile = scene.resigned(xml, () => {}, options);
  await expect(scene.verify(hostile, known)).rejects.toMatchObject({ code: 'weak_algorithm' });
});
