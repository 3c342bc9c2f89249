import { defineConfig } from 'vitest/config';

/** `pnpm test faults`: one after another, as each has the machine's neighbours to itself (docs/decisions/0023). */
export default defineConfig({
  test: {
    name: 'faults',
    root: 'apps/api',
    include: ['src/testing/faults/*.fault.ts'],
    fileParallelism: false,
    isolate: false,
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
});
