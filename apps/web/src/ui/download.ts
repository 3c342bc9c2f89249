/**
 * Hands the browser a text file to save.
 *
 * @param type media type without parameters; the file is UTF-8
 */
export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun with the click; a later tick leaves browsers time to open the blob.
  window.setTimeout(() => URL.revokeObjectURL(url), 1000);
}
