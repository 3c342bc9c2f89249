/** As many of a person's mails as are looked at. */
const LIMIT = 50;

/**
 * The newest mails that a Mailpit has, as RFC 5322 has them, oldest first.
 *
 * @param url   of its pages; the API is beneath
 * @param query in its own language, such as `to:"mia@acme.example"`
 * @throws Error when it does not answer as it should
 * @see https://mailpit.axllent.org/docs/api-v1/
 */
export async function mailpitMessages(url: string, query: string): Promise<Buffer[]> {
  const search = new URLSearchParams({ query, limit: String(LIMIT) });
  const { messages } = (await (await get(url, `search?${search}`)).json()) as { messages: { ID: string }[] };
  const newestFirst = await Promise.all(messages.map(({ ID }) => get(url, `message/${ID}/raw`)));
  return Promise.all(newestFirst.reverse().map(async (answer) => Buffer.from(await answer.arrayBuffer())));
}

async function get(url: string, path: string): Promise<Response> {
  const address = new URL(`api/v1/${path}`, url.endsWith('/') ? url : `${url}/`);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`Mailpit answered ${answer.status} at ${address}: ${await answer.text()}`);
  return answer;
}
