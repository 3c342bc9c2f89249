import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';
import { steps } from './manual.ts';

/** Writes a table of the manual's steps and the flows that take them; with `--list` nothing is run for it. */
export default class Coverage implements Reporter {
  onBegin(_config: FullConfig, suite: Suite): void {
    const rows = steps.map((step) => {
      const flows = suite
        .allTests()
        .filter(({ annotations }) => annotations.some(({ description }) => description === step))
        .map(({ title, location, tags }) => {
          const file = location.file.split('/').at(-1);
          return `[${title}](tests/${file}) ${tags.map((tag) => `\`${tag}\``).join(' ')}`.trim();
        });
      return `| ${step} | ${[...new Set(flows)].join('<br>') || 'none'} |`;
    });
    const taken = rows.filter((row) => !row.endsWith('| none |')).length;
    process.stdout.write(
      `# Coverage of the manual\n\nMade by \`npm run coverage\`: flows take ${taken} of ${steps.length} steps.\n\n`,
    );
    process.stdout.write(`| step | flows |\n| --- | --- |\n${rows.join('\n')}\n`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
