import { expect, test } from 'vitest';
import { emptyDraft } from './draft.ts';
import { serviceFaults } from './faults.ts';

test('what the service found lands beside its field, inside and outside of the configuration', () => {
  const faults = [
    { pointer: '#/domains/0', message: 'b' },
    { pointer: '/config/subject/name', message: 'c' },
    { pointer: '/config/attributes/email', message: 'd' },
    { pointer: '/config/certificates/0', message: 'e' },
    { pointer: '/name', message: 'f' },
  ];
  expect(serviceFaults(faults, emptyDraft('saml'))).toEqual({
    complete: true,
    errors: { domains: 'b', subjectAttribute: 'c', emailAttribute: 'd', certificates: 'e', name: 'f' },
  });
});

test('a value of a list is told beside its field', () => {
  const faults = [{ pointer: '/config/tenantIds/1', message: 'a' }];
  expect(serviceFaults(faults, emptyDraft('entra'))).toEqual({ complete: true, errors: { tenantIds: 'a' } });
});

test('a fault without a field is not swallowed', () => {
  expect(serviceFaults([{ pointer: '/kind', message: 'x' }], emptyDraft('oidc')).complete).toBe(false);
  expect(serviceFaults([{ pointer: '', message: 'x' }], emptyDraft('oidc')).complete).toBe(false);
});
