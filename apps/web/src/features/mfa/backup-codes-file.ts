/** The text file of backup codes: the given lines, an empty line, one code a line; ends in a newline. */
export function backupCodesFile(lines: readonly string[], codes: readonly string[]): string {
  return [...lines, '', ...codes, ''].join('\n');
}

/** Hands the browser a text file to save. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun with the click; a later tick leaves browsers time to open the blob.
  window.setTimeout(() => URL.revokeObjectURL(url), 1000);
}
