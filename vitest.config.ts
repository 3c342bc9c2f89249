import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { apiProjects } from './apps/api/src/testing/projects.ts';

const built = join(import.meta.dirname, 'packages/tasks/src/test/built.ts');

/** A test of the tasks, with a turn of its own. */
const releases = 'src/release.test.ts';

interface More {
  include?: string[];
  exclude?: string[];
  globalSetup?: string;
  testTimeout?: number;
  sequence?: { groupOrder: number };
  deps?: { optimizer: { client: { enabled: true; include: string[] } } };
}

/** What pages are drawn with is thousands of modules: one file each, made once, loads in half the time for each test file. */
const drawing = [
  ...['@mantine/core', '@mantine/form', '@mantine/hooks', '@mantine/notifications', '@tabler/icons-react'],
  ...['@tanstack/react-query', 'i18next', 'react-i18next', 'react-router'],
  ...['react', 'react/jsx-dev-runtime', 'react/jsx-runtime', 'react-dom', 'react-dom/client'],
  ...['@testing-library/react', '@testing-library/user-event'],
];

/** Fast tests of one package each. */
const unit = (name: string, root: string, more: More = {}) => ({
  test: { name, root, include: ['src/**/*.test.{ts,tsx}'], ...more },
});

/** Whoever finds everything packed, as `pnpm test` leaves it, waits for nobody. */
const afterThoseThatPack = (groupOrder: number): More =>
  process.env.SALLYPORT_TEST_ARCHIVES ? {} : { sequence: { groupOrder } };

export default defineConfig({
  test: {
    // Vitest would leave a core to itself, half of a small machine; many tests wait for processes and networks.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      unit('core', 'packages/core'),
      unit('client', 'packages/client'),
      // After the others, where it packs the client, whose own tests do so too, in the same folder.
      unit('react', 'packages/react', afterThoseThatPack(1)),
      unit('tasks', 'packages/tasks', { globalSetup: built, exclude: [releases] }),
      // It packs all packages, after those whose tests do so too.
      unit('release', 'packages/tasks', { include: [releases], ...afterThoseThatPack(2) }),
      unit('testkit', 'packages/testkit'),
      // What a person types is typed key by key, on a machine that is busy with other tests.
      unit('web', 'apps/web', {
        testTimeout: 20_000,
        deps: { optimizer: { client: { enabled: true, include: drawing } } },
      }),
      ...(await apiProjects()),
    ],
  },
});
