import type { MailMessage } from './mailer.ts';

/** What a mail says, before it is text and HTML. */
export interface MailContent {
  to: string;
  /** A fixed text: nothing that a user chose belongs in a header. */
  subject: string;
  /** Plain text, one paragraph each. */
  paragraphs: readonly string[];
  /** Stands after the paragraphs. */
  link?: { label: string; url: string };
  /** Plain text after the link. */
  closing?: readonly string[];
}

/** Writes the same words as plain text and as HTML that needs neither images nor styles to be read. */
export function renderMail({ to, subject, link, ...content }: MailContent): MailMessage {
  const before = content.paragraphs.map(oneLine);
  const after = [...(content.closing ?? []), 'Sallyport'].map(oneLine);
  const text = [...before, ...(link ? [`${link.label}:\n${link.url}`] : []), ...after].join('\n\n');
  const html = [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>`,
    '<body style="font: 16px/1.5 sans-serif; color: #1a1a1a; background: #ffffff; max-width: 36em">',
    ...before.map(paragraph),
    ...(link ? [`<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`] : []),
    ...(link ? [`<p>Or copy this address into your browser:<br>${escapeHtml(link.url)}</p>`] : []),
    ...after.map(paragraph),
    '</body>',
    '</html>',
  ];
  return { to, subject, text: `${text}\n`, html: `${html.join('\n')}\n` };
}

/** A name with line ends must not look like a paragraph of ours. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
