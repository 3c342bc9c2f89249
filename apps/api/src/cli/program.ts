import { Command } from 'commander';

const JSON_FLAG = ['--json', 'print the result as JSON'] as const;

/** The command line (contract section 6). A command is loaded when it runs. */
export function buildProgram(): Command {
  const program = new Command('sallyport')
    .description("Sallyport's command line for operators. The environment is the server's, see docs.")
    .showSuggestionAfterError(false)
    .exitOverride();

  program
    .command('migrate')
    .description('apply the migrations; safe when several instances start at once')
    .option(...JSON_FLAG)
    .action(async (options) => (await import('./migrate.ts')).migrate(options));

  program
    .command('seed')
    .description('create or update organizations, domains and users as a file says; may be run again')
    .argument('<file.json>', 'the seed file')
    .option(...JSON_FLAG)
    .action(async (file, options) => (await import('./seed.ts')).seed(file, options));

  return program;
}
