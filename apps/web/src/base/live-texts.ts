import { addTexts } from './i18n.ts';

interface Texts {
  [key: string]: string | Texts;
}

/**
 * Puts texts that have changed in the place of those that the pages have, on the screen too. For development alone:
 * see live-texts.ts beside vite.config.ts.
 *
 * @param had groups of texts as the pages imported them; changed in place
 */
export function replaceTexts(had: Texts, next: Readonly<Texts>): void {
  fill(had, next);
  addTexts(next);
}

function fill(had: Texts, next: Readonly<Texts>): void {
  for (const key of Object.keys(had)) if (!(key in next)) delete had[key];
  for (const [key, text] of Object.entries(next)) {
    const old = had[key];
    if (typeof old === 'object' && typeof text === 'object') fill(old, text);
    else had[key] = text;
  }
}
