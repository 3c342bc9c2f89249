import { Type } from '@fastify/type-provider-typebox';
import { answers, Closed, DomainName, Id, IdParams, NoContent, Nullable, Timestamp } from '../../../http/schemas.ts';

const tags = ['Domains'];

const Domain = Type.Object(
  {
    name: Type.String(),
    verifiedAt: Nullable(Timestamp),
    missingSince: Nullable(
      Type.Unsafe<Date>({
        ...Timestamp,
        description: 'since when the record is gone; seven days later it is not verified',
      }),
    ),
    record: Type.Object(
      { type: Type.Literal('TXT'), name: Type.String(), value: Type.String() },
      { description: 'the DNS record that proves the domain' },
    ),
  },
  { title: 'Domain' },
);

const DomainParams = Closed({ id: Id, name: DomainName });

export const listDomains = {
  operationId: 'listDomains',
  summary: 'The email domains of an organization',
  description: 'With the DNS record that proves each, and since when it is proved.',
  tags,
  params: IdParams,
  response: answers(
    { 200: Type.Object({ items: Type.Array(Domain) }, { title: 'DomainList' }) },
    'forbidden',
    'not_found',
  ),
};

export const addDomain = {
  operationId: 'addDomain',
  summary: 'Claim a domain; it counts once a DNS record proves it',
  description: 'Nothing comes in by it before it is proved. Public mail providers are refused.',
  tags,
  params: IdParams,
  body: Closed({ name: DomainName }),
  response: answers({ 201: Domain }, 'forbidden', 'reauthentication_required', 'not_found', 'domain_taken'),
};

export const verifyDomain = {
  operationId: 'verifyDomain',
  summary: 'Look for the DNS record that proves the domain',
  description: 'Asks the DNS now. 422 `domain_not_proved` tells what was found instead.',
  tags,
  params: DomainParams,
  response: answers(
    { 200: Domain },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'domain_not_proved',
    'domain_taken',
    'too_many_attempts',
    'provider_unavailable',
  ),
};

export const removeDomain = {
  operationId: 'removeDomain',
  summary: 'Give a domain up; no connection uses it any more',
  description: 'Refused with 409 `no_working_sso` where it would lock everybody out.',
  tags,
  params: DomainParams,
  response: answers({ 204: NoContent }, 'forbidden', 'reauthentication_required', 'not_found', 'no_working_sso'),
};
