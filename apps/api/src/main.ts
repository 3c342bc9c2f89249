import { failureOf } from './cli/failure.ts';
import { loadConfig } from './config.ts';
import { runServer } from './server.ts';

try {
  await runServer(loadConfig());
} catch (error) {
  const { exitCode, lines } = failureOf(error);
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(exitCode);
}
