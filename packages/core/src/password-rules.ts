import { dictionary } from '@zxcvbn-ts/language-common';
import { normalizePassword, PASSWORD_MIN_LENGTH, type PasswordFault, passwordLengthFault } from './password.ts';
import { countRuns, repeatedUnit, type Shape, shapeOf, skeletonOf } from './password-shape.ts';
import { Problem } from './problem.ts';

/** What an attacker knows of the user, and the minimum of its organisation. */
export interface PasswordContext {
  email?: string;
  name?: string;
  organizationName?: string;
  /** In code points. Default: PASSWORD_MIN_LENGTH. */
  minimumLength?: number;
}

/** Distinct characters, or pieces that follow from one another, up to which a password is a pattern. */
const PATTERN_SIZE = 3;
/**
 * Pieces of digits and signs around a common word that do not make it an uncommon one, as `!`, `123`, `2024!` do not.
 * Fewer around a short word: `ab` is common, but not what has six other characters.
 */
const TRIMMING_SIZE = 6;
/** A shorter word is a part of too many others. */
const CONTEXT_WORD_MIN_LENGTH = 3;

const SERVICE_NAME = 'sallyport';

/**
 * Why a password cannot be taken; null when it can. Length in code points, no rules of composition; common passwords,
 * patterns, what is known of the user, and trivial variations of all of them are refused.
 *
 * @see NIST SP 800-63B-4 section 3.1.1.2, ASVS 5.0 6.2.4 and 6.2.11, SEC-1
 */
export function passwordFault(password: string, context: PasswordContext = {}): PasswordFault | null {
  const length = passwordLengthFault(password, context.minimumLength);
  if (length) return length;
  const shape = shapeOf(normalizePassword(password));
  if (isCommon(shape.folded)) {
    return { code: 'common', message: 'Attackers try this password, or one much like it, first. Use another.' };
  }
  if (dependsOnContext(shape, context)) {
    return {
      code: 'contains_context',
      message: 'Use a password that is not made of your name, email address, organization or the name of this service.',
    };
  }
  return null;
}

/**
 * Refuses a password that the rules of SEC-1 refuse.
 *
 * @param pointer RFC 6901 pointer of the password in the body
 * @throws Problem `weak_password`, which says why
 */
export function assertGoodPassword(password: string, pointer: string, context: PasswordContext): void {
  const fault = passwordFault(password, context);
  if (fault) {
    throw new Problem('weak_password', { detail: fault.message, errors: [{ pointer, message: fault.message }] });
  }
}

let commonSkeletons: ReadonlySet<string> | undefined;

/** Built when first asked: it takes about 50 ms. */
function isCommonSkeleton(skeleton: string): boolean {
  commonSkeletons ??= new Set(dictionary['passwords-common'].map(skeletonOf));
  return commonSkeletons.has(skeleton);
}

/** Whether a folded text is common or a pattern, with or without the signs that part its letters and digits. */
function isCommon(folded: string): boolean {
  const joined = folded.replace(/[^\p{L}\p{N}]/gu, '');
  return isCommonAsItIs(folded) || (joined.length >= PASSWORD_MIN_LENGTH && isCommonAsItIs(joined));
}

/** Whether it is a pattern, or a common password but for repetition, direction, and what stands around it. */
function isCommonAsItIs(folded: string): boolean {
  const unit = repeatedUnit(folded);
  if (new Set(unit).size <= PATTERN_SIZE || countRuns(unit) <= PATTERN_SIZE) return true;
  const [leading, trailing] = [/^\P{L}+/u, /\P{L}+$/u];
  // A sign at an end can stand for a letter, or just stand there: each end is judged with and without.
  const words = [unit, unit.replace(leading, ''), unit.replace(trailing, '')];
  words.push(unit.replace(leading, '').replace(trailing, ''));
  return words.some((word) => {
    const at = unit.indexOf(word);
    const around = countRuns(unit.slice(0, at)) + countRuns(unit.slice(at + word.length));
    const skeleton = skeletonOf(repeatedUnit(word));
    return (
      around <= Math.min(TRIMMING_SIZE, word.length + 1) &&
      (isCommonSkeleton(skeleton) || isCommonSkeleton(reversed(skeleton)))
    );
  });
}

/** Whether what is left without the words of the context would not be a password of its own. */
function dependsOnContext(shape: Shape, context: PasswordContext): boolean {
  const words = contextWords(context).flatMap((word) => [word, reversed(word)]);
  const rest = words.reduce(without, shape);
  if (rest.folded.length === shape.folded.length) return false;
  return countRuns(rest.folded) < PASSWORD_MIN_LENGTH || isCommon(rest.folded);
}

/** Skeletons, the longest first, so that a whole name goes before its parts. */
function contextWords({ email = '', name = '', organizationName = '' }: PasswordContext): string[] {
  const [localPart = '', domain = ''] = email.split('@');
  const labels = domain.split('.').slice(0, -1);
  const phrases = [SERVICE_NAME, localPart, ...labels, name, organizationName];
  const words = phrases.flatMap((phrase) => {
    const parts = shapeOf(phrase).folded.split(/[^\p{L}\p{N}]+/u);
    return [parts.join(''), ...parts];
  });
  const skeletons = new Set(words.filter((word) => word.length >= CONTEXT_WORD_MIN_LENGTH).map(skeletonOf));
  return [...skeletons].sort((a, b) => b.length - a.length);
}

/** The shape without every place where its skeleton has the word. */
function without({ folded, skeleton }: Shape, word: string): Shape {
  const rest: Shape = { folded: '', skeleton: '' };
  let from = 0;
  for (let at = skeleton.indexOf(word); at !== -1; at = skeleton.indexOf(word, from)) {
    rest.folded += folded.slice(from, at);
    rest.skeleton += skeleton.slice(from, at);
    from = at + word.length;
  }
  return { folded: rest.folded + folded.slice(from), skeleton: rest.skeleton + skeleton.slice(from) };
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}
