/** The text file of backup codes: the given lines, an empty line, one code a line; ends in a newline. */
export function backupCodesFile(lines: readonly string[], codes: readonly string[]): string {
  return [...lines, '', ...codes, ''].join('\n');
}
