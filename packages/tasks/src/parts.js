import { fingerprint, isFresh } from './stamp.js';

/**
 * What the product is built of.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {string} folder the workspace with its vite.config.ts
 * @property {string} product a file that only a whole build leaves
 * @property {string} [finish] a program among what was built, which makes the rest of it
 * @property {readonly string[]} sources
 */

const everywhere = ['pnpm-lock.yaml', 'tsconfig.base.json'];

/** @type {readonly Part[]} */
const parts = [
  {
    name: 'API',
    folder: 'apps/api',
    product: 'apps/api/dist/main.js',
    finish: 'apps/api/dist/template.js',
    sources: [...everywhere, 'apps/api', 'packages/core', 'prisma'],
  },
  {
    name: 'SPA',
    folder: 'apps/web',
    product: 'apps/web/dist/index.html',
    sources: [...everywhere, 'apps/web', 'packages/core', 'packages/client', 'packages/react'],
  },
];

/**
 * The parts whose sources changed since they were built, each with the fingerprint of its sources.
 *
 * @param {{ anew?: boolean }} [options] `anew` takes every part for stale
 */
export const staleParts = ({ anew = false } = {}) =>
  parts
    .map((part) => ({ part, print: fingerprint(part.sources) }))
    .filter(({ part, print }) => anew || !isFresh(part.name, part.product, print));
