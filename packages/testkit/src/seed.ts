import { newPassword } from './directory.ts';

/** How many users without a password every server has; each test takes one of its own. */
const ssoOnlyUsers = 12;

/** What every test server begins with. Everything else is made over the API by the test that needs it. */
export interface Seed {
  /** To write as the seed file (contract, section 5). */
  file: object;
  /** Read/write admin of the partner under which tests make their customers. */
  partnerAdmin: { email: string; password: string };
  /** An admin of another partner, who must never see anything of the first. */
  otherPartnerAdmin: { email: string; password: string };
  /** Addresses of users that sign in only through single sign-on. */
  ssoOnlyEmails: string[];
}

export function newSeed(): Seed {
  const partnerAdmin = { email: 'pat@northwind.example', password: newPassword() };
  const otherPartnerAdmin = { email: 'carol@contoso.example', password: newPassword() };
  const ssoOnlyEmails = Array.from({ length: ssoOnlyUsers }, (_, index) => `sam-${index + 1}@federated.example`);
  const admin = { role: 'admin', access: 'read_write' };
  const file = {
    partners: [
      {
        slug: 'northwind',
        name: 'Northwind MSP',
        domains: ['northwind.example'],
        users: [{ ...partnerAdmin, ...admin, name: 'Pat Northwind' }],
        customers: [
          {
            slug: 'federated',
            name: 'Federated Foods',
            domains: ['federated.example'],
            users: ssoOnlyEmails.map((email) => ({ email, name: 'Sam', role: 'member', access: 'read_write' })),
          },
        ],
      },
      {
        slug: 'contoso',
        name: 'Contoso Services',
        domains: ['contoso.example'],
        users: [{ ...otherPartnerAdmin, ...admin, name: 'Carol Contoso' }],
        customers: [],
      },
    ],
  };
  return { file, partnerAdmin, otherPartnerAdmin, ssoOnlyEmails };
}
