import QRCode from 'qrcode';

/** Light modules around the code (ISO/IEC 18004, section 6.3.8). */
const QUIET_ZONE = 4;
/** A module at the size at which the picture is shown unless told, in pixels. */
const MODULE_PIXELS = 4;

/** The text as a QR code: dark on white, an SVG in a data URL, of as many pixels as make every module equally sharp. */
export function qrCode(text: string): string {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const dark: string[] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = x;
      while (x < size && data[y * size + x] === 1) x++;
      if (x > from) dark.push(`M${from + QUIET_ZONE} ${y + QUIET_ZONE}h${x - from}v1h-${x - from}z`);
    }
  }
  const side = size + 2 * QUIET_ZONE;
  const pixels = side * MODULE_PIXELS;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}" viewBox="0 0 ${side} ${side}"`,
    ` shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${dark.join('')}"/></svg>`,
  ].join('');
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
