import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';

/** Presses a button that downloads a text file, and reads the file. */
export async function downloaded(button: Locator): Promise<{ fileName: string; text: string }> {
  const download = button.page().waitForEvent('download');
  await button.click();
  const file = await download;
  return { fileName: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}
