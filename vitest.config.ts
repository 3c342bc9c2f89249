import { defineConfig } from 'vitest/config';
import { apiProjects } from './apps/api/src/testing/projects.ts';

/** Fast tests of one package each. */
const unit = (name: string, root: string) => ({ test: { name, root, include: ['src/**/*.test.{ts,tsx}'] } });

export default defineConfig({
  test: {
    projects: [
      unit('core', 'packages/core'),
      unit('client', 'packages/client'),
      unit('tasks', 'packages/tasks'),
      unit('testkit', 'packages/testkit'),
      unit('web', 'apps/web'),
      ...(await apiProjects()),
    ],
  },
});
