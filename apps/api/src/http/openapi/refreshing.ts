/**
 * A script of the page /docs, beside Swagger UI, which calls `fetch`: an access token lives five minutes, so a call that
 * is refused for want of one refreshes the session, as `@sallyport/client` does, and is made once more.
 */
export const refreshing = `const send = window.fetch.bind(window);
const REFRESH = '/api/v1/auth/refresh';

async function isUnauthenticated(answer) {
  if (answer.status !== 401 || new URL(answer.url).pathname === REFRESH) return false;
  const problem = await answer.clone().json().catch(() => null);
  return problem?.code === 'unauthenticated';
}

window.fetch = async (...call) => {
  const answer = await send(...call);
  if (!(await isUnauthenticated(answer))) return answer;
  const refreshed = await send(REFRESH, { method: 'POST' });
  return refreshed.ok ? send(...call) : answer;
};
`;
