import jsQR from 'jsqr';
import { PNG } from 'pngjs';

/**
 * What a phone's camera would read off the screen.
 *
 * @param screenshot PNG of a page that shows one QR code
 * @throws Error when there is no readable QR code on it
 */
export function readQrCode(screenshot: Buffer): string {
  const { data, width, height } = PNG.sync.read(screenshot);
  const found = jsQR(Uint8ClampedArray.from(data), width, height);
  if (found === null) throw new Error('No QR code can be read on this screenshot.');
  return found.data;
}
