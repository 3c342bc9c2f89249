import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Every mail in the folder, as RFC 5322 has it, oldest first: names of files sort by time, to the millisecond. */
export async function outboxMessages(folder: string): Promise<Buffer[]> {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.eml'))
    .sort();
  return Promise.all(files.map((file) => readFile(join(folder, file))));
}
