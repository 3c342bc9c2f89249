import type { paths } from '@sallyport/client';

type JsonOf<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : never;
type Responses<Path extends keyof paths, Method extends keyof paths[Path]> = paths[Path][Method] extends {
  responses: infer R;
}
  ? R
  : never;

/** The body of a successful answer, as the OpenAPI document has it. */
export type Result<
  Path extends keyof paths,
  Method extends keyof paths[Path],
  Status extends keyof Responses<Path, Method>,
> = JsonOf<Responses<Path, Method>[Status]>;

/** What a request sends, as the OpenAPI document has it. */
export type Body<Path extends keyof paths, Method extends keyof paths[Path]> = paths[Path][Method] extends {
  requestBody: infer Request;
}
  ? JsonOf<Request>
  : never;

export type Me = Result<'/api/v1/me', 'get', 200>;
export type MfaState = Result<'/api/v1/me/mfa', 'get', 200>;
export type Factor = MfaState['factors'][number];
export type SessionItem = Result<'/api/v1/me/sessions', 'get', 200>['items'][number];
export type RememberedDevice = Result<'/api/v1/me/devices', 'get', 200>['items'][number];
export type OwnEvent = Result<'/api/v1/me/events', 'get', 200>['items'][number];
export type UserSecurity = Result<'/api/v1/users/{id}/security', 'get', 200>;
export type User = Result<'/api/v1/users/{id}', 'get', 200>;
export type Organization = Result<'/api/v1/organizations/{id}', 'get', 200>;
export type OrganizationSettings = Result<'/api/v1/organizations/{id}/settings', 'get', 200>;
export type AuditEvent = Result<'/api/v1/audit-events', 'get', 200>['items'][number];
