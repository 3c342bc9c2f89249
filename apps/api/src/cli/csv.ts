import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import type { ImportRow } from '../features/user-import/service.ts';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { pathOf, unreadable } from './files.ts';

const REQUIRED = ['email', 'name', 'organization', 'role', 'access'] as const;
const OPTIONAL = ['password'] as const;

type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

interface CsvRecord {
  record: Partial<Record<Column, string>>;
  info: { lines: number };
}

/**
 * Reads the users of a CSV file (RFC 4180, UTF-8) whose first line names the columns, in any order.
 *
 * @throws CommandError EX_NOINPUT; EX_DATAERR with the line of the fault
 */
export async function readUsers(file: string): Promise<ImportRow[]> {
  const source = createReadStream(pathOf(file));
  let hasHeader = false;
  const columns = (header: string[]) => {
    hasHeader = true;
    return columnsOf(header);
  };
  const parser = parse({ bom: true, columns, info: true, skip_empty_lines: true });
  source.on('error', (error) => parser.destroy(error));
  const rows: ImportRow[] = [];
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<CsvRecord>) {
      const { email = '', name = '', organization = '', role = '', access = '', password = '' } = record;
      rows.push({
        line: info.lines,
        email: email.trim(),
        name: name.trim(),
        organization: organization.trim(),
        role: role.trim(),
        access: access.trim(),
        password,
      });
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if (error instanceof CsvError)
      throw new CommandError(EX.DATAERR, `line ${lineOf(error)}: is not well-formed CSV (${error.code})`);
    throw unreadable(file, error);
  }
  if (!hasHeader) columnsOf([]);
  return rows;
}

function columnsOf(header: string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const known: readonly string[] = [...REQUIRED, ...OPTIONAL];
  const faults = [
    ...REQUIRED.filter((column) => !names.includes(column)).map((column) => `line 1: the column ${column} is missing`),
    ...names
      .filter((name) => !known.includes(name))
      .map((name) => `line 1: the column "${name.slice(0, 40)}" is not known`),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `line 1: the column ${name} comes twice`),
  ];
  if (faults.length > 0) throw new CommandError(EX.DATAERR, ...faults);
  return names;
}

/** The message of the parser may quote the file, which may hold passwords. */
const lineOf = (error: CsvError): number => (typeof error.lines === 'number' ? error.lines : 1);
