/**
 * What is left of a text when the ways are taken away in which people vary a word: case, width, accents, digits and
 * signs for letters. Both forms have one unit for one unit, so that a place in one is the same place in the other.
 */
export interface Shape {
  /** Lower case, NFKC, without accents. */
  folded: string;
  /** Further, with the letters that digits and signs stand for. */
  skeleton: string;
}

/** l is written as i, because 1 and | can be either. */
const LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '|': 'i',
  l: 'i',
  '3': 'e',
  '€': 'e',
  '4': 'a',
  '@': 'a',
  '5': 's',
  $: 's',
  '6': 'g',
  '9': 'g',
  '7': 't',
  '+': 't',
  '8': 'b',
};

const KEYBOARD_ROWS = ['1234567890', 'qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'zxcvbnm', 'yxcvbnm'];

export function shapeOf(text: string): Shape {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFKC').toLowerCase();
  return { folded, skeleton: skeletonOf(folded) };
}

/** The skeleton of a text that is folded already. */
export function skeletonOf(folded: string): string {
  return folded.replace(/[01!|l3€4@5$697+8]/g, (sign) => LETTERS[sign] ?? sign);
}

/** The smallest piece that a text is a repetition of; the text itself when it is none. */
export function repeatedUnit(text: string): string {
  // A text occurs inside its double at every place where it repeats itself.
  return text.slice(0, (text + text).indexOf(text, 1));
}

/** How many pieces a text has when all that follows from the character before belongs to one: aaa, abc, 321, qwe. */
export function countRuns(text: string): number {
  let runs = 0;
  let previous = '';
  /** The ways in which each character of the run can follow from the one before; null after its first character. */
  let ways: readonly string[] | null = null;
  for (const character of text) {
    const relations = relationsOf(previous, character);
    const common: readonly string[] = ways === null ? relations : ways.filter((way) => relations.includes(way));
    if (common.length === 0) runs++;
    ways = common.length === 0 ? null : common;
    previous = character;
  }
  return runs;
}

function relationsOf(a: string, b: string): string[] {
  if (a === '') return [];
  const difference = (b.codePointAt(0) ?? 0) - (a.codePointAt(0) ?? 0);
  const relations = Math.abs(difference) <= 1 ? [`code ${difference}`] : [];
  for (const row of KEYBOARD_ROWS) {
    const [from, to] = [row.indexOf(a), row.indexOf(b)];
    if (from !== -1 && to !== -1 && Math.abs(to - from) === 1) relations.push(`key ${to - from}`);
  }
  return relations;
}
