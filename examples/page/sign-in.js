import { ApiError, answer, createSallyportClient } from './node_modules/@sallyport/client/dist/index.js';

const byId = (id) => document.getElementById(id);
// #region client
const api = createSallyportClient({
  baseUrl: document.querySelector('meta[name=sallyport]').content,
  onSessionLost: () => show('password'),
});
// #endregion client

function show(id) {
  for (const form of document.forms) form.hidden = form.id !== id;
  byId(id).querySelector('input, button').focus();
}

function welcome(user) {
  byId('name').textContent = user.name;
  show('account');
}

// #region refusals
/** What a form does; each refusal is said below it. */
function on(id, send) {
  byId(id).addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const button = form.querySelector('button');
    byId('problem').textContent = '';
    button.disabled = true;
    try {
      await send(Object.fromEntries(new FormData(form)));
      form.reset();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      byId('problem').textContent = `${error.title}. ${error.detail ?? ''}`;
      // Whatever goes on is said in `next`; here only a code may be tried again.
      if (error.next && error.next.action !== 'second_step') show('password');
    } finally {
      button.disabled = false;
    }
  });
}
// #endregion refusals

// #region password
on('password', async ({ email, password }) => {
  const signedIn = await answer(api.POST('/api/v1/auth/login', { body: { email, password } }));
  if (signedIn.status === 'mfa_required') show('code');
  else welcome(signedIn.user);
});
// #endregion password

// #region code
on('code', async ({ code }) => {
  const { user } = await answer(api.POST('/api/v1/auth/login/mfa', { body: { method: 'totp', code } }));
  welcome(user);
});
// #endregion code

// #region session
on('account', async () => {
  await answer(api.POST('/api/v1/auth/logout'));
  show('password');
});

const { data: user } = await api.GET('/api/v1/me');
if (user) welcome(user);
else show('password');
// #endregion session
