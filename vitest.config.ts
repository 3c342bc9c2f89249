import { defineConfig } from 'vitest/config';

/** Fast tests of one package each; what the API's need more stands in its own configuration. */
const unit = (name: string, root: string) => ({ test: { name, root, include: ['src/**/*.test.{ts,tsx}'] } });

export default defineConfig({
  test: {
    projects: [
      unit('core', 'packages/core'),
      unit('client', 'packages/client'),
      unit('tasks', 'packages/tasks'),
      unit('testkit', 'packages/testkit'),
      unit('web', 'apps/web'),
      'apps/api/vitest.config.{ts,mts}',
    ],
  },
});
