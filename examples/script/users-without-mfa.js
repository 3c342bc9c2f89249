import { ApiError, answer, createSallyportClient, items } from '@sallyport/client';
import makeFetchCookie from 'fetch-cookie';

const { SALLYPORT_URL = 'http://localhost:3000', SALLYPORT_EMAIL, SALLYPORT_PASSWORD, SALLYPORT_CODE } = process.env;

// #region client
// Node keeps no cookies by itself.
const api = createSallyportClient({ baseUrl: SALLYPORT_URL, fetch: makeFetchCookie(fetch) });
// #endregion client

try {
  const signedIn = await answer(
    api.POST('/api/v1/auth/login', { body: { email: SALLYPORT_EMAIL ?? '', password: SALLYPORT_PASSWORD ?? '' } }),
  );
  if (signedIn.status === 'mfa_required') {
    await answer(api.POST('/api/v1/auth/login/mfa', { body: { method: 'totp', code: SALLYPORT_CODE ?? '' } }));
  }
  // #region pages
  for await (const user of items((query) => api.GET('/api/v1/users', { params: { query } }))) {
    if (user.hasPassword && !user.mfaEnabled) console.log(`${user.email}\t${user.organization.name}`);
  }
  // #endregion pages
  await answer(api.POST('/api/v1/auth/logout'));
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  console.error(`${error.code}: ${error.detail ?? error.title}`);
  process.exitCode = 1;
}
