import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../repository.js';

/** A command of the book that its test does not run. */
interface NotRun {
  text: RegExp;
  /** Why not, and what looks at it instead. */
  why: string;
  /** Files of the checkout that it names or that look at it. */
  files: readonly string[];
}

const NOT_RUN: readonly NotRun[] = [
  {
    text: /^npx pnpm (install|package) /,
    why: 'installs, builds and packages: package.test.ts does, and runs what comes of it',
    files: ['packages/tasks/src/package.test.ts'],
  },
  {
    text: /^docker (build|compose) -f docs\/deploy\/(Dockerfile|compose\.yaml) /,
    why: 'needs a container engine, and images from elsewhere',
    files: ['docs/deploy/Dockerfile', 'docs/deploy/compose.yaml'],
  },
  {
    text: /^(cp \S+ \/etc\/systemd\/system\/|systemctl (enable --now|restart) sallyport)$/,
    why: 'needs systemd as the first process: deploy.test.ts has systemd-analyze verify the unit',
    files: ['docs/deploy/sallyport.service', 'packages/tasks/src/deploy.test.ts'],
  },
  {
    text: /^(cp \S+ \/etc\/nginx\/conf\.d\/\S+|nginx (-t|-s reload))$/,
    why: 'needs names and certificates of its own: behind-nginx.db.test.ts runs nginx with this configuration',
    files: ['docs/deploy/nginx.conf', 'apps/api/src/behind-nginx.db.test.ts'],
  },
  {
    text: /^SALLYPORT_ATTACK_EMAIL=\S+ SALLYPORT_ATTACK_PASSWORD=\S+ sallyport attack /,
    why: 'takes an admin of its own and minutes: attack.db.test.ts runs it',
    files: ['apps/api/src/cli/attack.db.test.ts'],
  },
];

/** Why the test of the book does not run this command; null where it has to. @throws Error when a file is gone */
export function reasonNotToRun(text: string): string | null {
  const found = NOT_RUN.find((one) => one.text.test(text));
  if (found === undefined) return null;
  for (const file of found.files) {
    if (!existsSync(join(root, file))) throw new Error(`${file} is gone, which stands for: ${text}`);
  }
  return found.why;
}
