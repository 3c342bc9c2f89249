/** Of a demo account what everybody may know. */
export interface NamedAccount {
  email: string;
  note: string;
}

/** What the page of the API says of trying calls, beside the document. */
const trying = `## Try it out

Every call on this page can be made from it, on this very service: open it, press **Try it out**, then **Execute**. It is
made with the session of this browser. [Sign in](/sign-in) and come back, or execute \`POST /api/v1/auth/login\` here; the
cookies go along by themselves, and there is nothing to enter under **Authorize**, which is for the key of a service
account. After five minutes the page refreshes the session by itself, and makes the call again. A call that changes or
removes something does so.
`;

const demo = (accounts: readonly NamedAccount[]): string => `
The accounts of the demo. Their passwords were printed where the service was started, and stand in
\`demo-accounts.json\` of its data folder; \`pnpm sallyport demo reset\` puts all of it back to how it was.

| email | what for |
| --- | --- |
${accounts.map(({ email, note }) => `| \`${email}\` | ${note} |`).join('\n')}
`;

/**
 * The document as the page shows it.
 *
 * @param document a copy, which is changed
 * @param accounts those of the demo; none where there is none
 */
export function withTrying<T extends { info?: { description?: string } }>(
  document: T,
  accounts: readonly NamedAccount[],
): T {
  const { info } = document;
  if (!info) return document;
  const [summary = '', ...rules] = (info.description ?? '').split('\n\n');
  info.description = [summary, trying, ...(accounts.length === 0 ? [] : [demo(accounts)]), ...rules].join('\n\n');
  return document;
}
