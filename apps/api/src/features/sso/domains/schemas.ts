import { Type } from '@fastify/type-provider-typebox';
import { answers, Closed, DomainName, Id, IdParams, NoContent, Nullable, Timestamp } from '../../../http/schemas.ts';

const tags = ['Domains'];

const Domain = Type.Object({
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
});

const DomainParams = Closed({ id: Id, name: DomainName });

export const listDomains = {
  operationId: 'listDomains',
  summary: 'The email domains of an organization',
  tags,
  params: IdParams,
  response: answers({ 200: Type.Object({ items: Type.Array(Domain) }) }),
};

export const addDomain = {
  operationId: 'addDomain',
  summary: 'Claim a domain; it counts once a DNS record proves it',
  tags,
  params: IdParams,
  body: Closed({ name: DomainName }),
  response: answers({ 201: Domain }),
};

export const verifyDomain = {
  operationId: 'verifyDomain',
  summary: 'Look for the DNS record that proves the domain',
  tags,
  params: DomainParams,
  response: answers({ 200: Domain }),
};

export const removeDomain = {
  operationId: 'removeDomain',
  summary: 'Give a domain up; no connection uses it any more',
  tags,
  params: DomainParams,
  response: answers({ 204: NoContent }),
};
