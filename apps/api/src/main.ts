import { fileURLToPath } from 'node:url';
import { failureOf } from './cli/failure.ts';
import { loadConfig } from './config.ts';
import { runGroup } from './group.ts';
import { joinGroup } from './platform/processes/member.ts';
import { runServer } from './server.ts';

try {
  const config = loadConfig();
  const member = joinGroup();
  if (member === null && config.processes > 1) await runGroup(config, fileURLToPath(import.meta.url));
  else await runServer(config, member);
} catch (error) {
  const { exitCode, lines } = failureOf(error);
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(exitCode);
}
