import type { Plugin } from 'vite';

/**
 * In development a changed text takes the place of the old one on the page that is open, which keeps what was typed:
 * without this nobody but the page as a whole would take such a module anew.
 */
export const liveTexts: Plugin = {
  name: 'live-texts',
  apply: (_config, { command, mode }) => command === 'serve' && mode !== 'test',
  transform: {
    filter: { id: /\/src\/.*texts\.ts$/, code: { exclude: /^import /m } },
    handler: (code) => {
      const names = [...code.matchAll(/^export const (\w+)/gm)].map(([, name]) => name).join();
      return {
        code: `${code}
import { replaceTexts } from '/src/base/live-texts.ts';
import.meta.hot.data.texts ??= { ${names} };
import.meta.hot.accept((next) => next && replaceTexts(import.meta.hot.data.texts, next));`,
        map: null,
      };
    },
  },
};
