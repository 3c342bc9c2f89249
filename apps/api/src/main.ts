import { fileURLToPath } from 'node:url';
import { failureOf } from './cli/failure.ts';
import { loadConfig } from './config.ts';
import { compilePGlite } from './platform/database/pglite.ts';
import { joinGroup } from './platform/processes/member.ts';

try {
  const config = loadConfig();
  // Other threads do so while this one loads the rest; where it fails, whoever opens the database says so.
  if (config.databaseUrl === null) compilePGlite().catch(() => undefined);
  const member = joinGroup();
  if (member === null && config.processes > 1) {
    const { runGroup } = await import('./group.ts');
    await runGroup(config, fileURLToPath(import.meta.url));
  } else {
    const { runServer } = await import('./server.ts');
    await runServer(config, member);
  }
} catch (error) {
  const { exitCode, lines } = failureOf(error);
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(exitCode);
}
