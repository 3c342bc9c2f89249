// Made from the OpenAPI document by `pnpm generate:client`. Do not edit.

export interface paths {
    "/api/v1/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened in the organizations of the signed-in admin, newest first */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom an invitation is for */
        post: operations["getInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/invitation/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation by choosing a password */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with email and password
         * @description Sets the session cookies, or, where MFA is on, the challenge cookie for the second step.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete the sign-in with a TOTP or backup code */
        post: operations["verifySecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session, if there is one */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a link that sets a new password
         * @description One answer whether or not there is such an account.
         */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password-reset/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password with the mailed token; MFA stays as it is */
        post: operations["confirmPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange the refresh cookie for new cookies */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-in-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How an address signs in, judged by its domain alone; or how an organization does */
        get: operations["getSignInOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sso-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whom a mailed link is for, and where the account can be
         * @description Mailed to users whose password is in the way of single sign-on; it proves the mailbox in its place.
         */
        post: operations["readMailedLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sso-link/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to link the account: go to `url` and sign in there, with the address that the link was mailed to
         * @description It ends on `/`, signed in, or on `/sign-in?error=CODE&requestId=…`. The link works until it has linked.
         */
        post: operations["startMailedLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sso/{connectionId}/acs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where the page of a SAML provider posts its response to (assertion consumer service) */
        post: operations["samlAcs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sso/{connectionId}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where an OIDC provider sends the browser back to */
        get: operations["ssoCallback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sso/{connectionId}/metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** SAML metadata of this service, for the provider */
        get: operations["samlServiceProviderMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sso/{connectionId}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin a sign-in: the browser goes to the provider
         * @description For a link or a navigation, not for fetch. A failure ends on `/sign-in?error=CODE&requestId=…`.
         */
        get: operations["startSso"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sso/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the browser takes up the result that the ACS verified */
        get: operations["completeSso"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in user */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the own profile */
        patch: operations["updateMe"];
        trace?: never;
    };
    "/api/v1/me/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts at identity providers that the signed-in user comes in with, and where it could link one */
        get: operations["listIdentities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/identities/{connectionId}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to link an account at a provider: go to `url` and sign in there
         * @description Password, and where MFA is on a code, prove the user. It ends on `returnTo`, with `?linked=<connection>`, or with `?error=<code>&requestId=`.
         */
        post: operations["linkIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/identities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Unlink an account at a provider; it must not be the last way in */
        delete: operations["unlinkIdentity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** MFA of the signed-in user */
        get: operations["getMfa"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/backup-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace the backup codes */
        post: operations["regenerateBackupCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn MFA off with the current password and a TOTP or backup code */
        post: operations["disableMfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin the enrollment of an authenticator app */
        post: operations["startEnrollment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn MFA on with the current password and a code of the app */
        post: operations["confirmEnrollment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the own password; every other session ends
         * @description Where MFA is on, `code` is demanded: a TOTP or a backup code.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The live sessions of the signed-in user */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /** End every session but this one */
        delete: operations["revokeOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one session */
        delete: operations["revokeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organizations that the signed-in admin manages */
        get: operations["listOrganizations"];
        put?: never;
        /** Create a customer of the partner of the signed-in admin */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One organization */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change name or slug */
        patch: operations["updateOrganization"];
        trace?: never;
    };
    "/api/v1/organizations/{id}/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The email domains of an organization */
        get: operations["listDomains"];
        put?: never;
        /** Claim a domain; it counts once a DNS record proves it */
        post: operations["addDomain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}/domains/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Give a domain up; no connection uses it any more */
        delete: operations["removeDomain"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}/domains/{name}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look for the DNS record that proves the domain */
        post: operations["verifyDomain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}/saml-metadata": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a SAML provider's metadata, to fill in a connection; nothing is saved */
        post: operations["readSamlMetadata"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The settings in force in an organization, and where they come from */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change settings; null follows the partner again, and at the partner the defaults
         * @description Switching local sign-in off mails those whose password is in the way a link to connect their account with. Customers that follow and have no working single sign-on keep their passwords, as a setting of their own.
         */
        patch: operations["updateSettings"];
        trace?: never;
    };
    "/api/v1/organizations/{id}/settings/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who could not sign in after these changes of settings; changes nothing */
        post: operations["previewSettings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}/sso-connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The single sign-on connections of an organization */
        get: operations["listSsoConnections"];
        put?: never;
        /** Add a connection to an identity provider */
        post: operations["createSsoConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}/sso-connections/{connectionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One connection; the ETag names its version */
        get: operations["getSsoConnection"];
        put?: never;
        post?: never;
        /** Remove a connection with its linked identities; the sessions that began through it end */
        delete: operations["deleteSsoConnection"];
        options?: never;
        head?: never;
        /**
         * Change a connection; its `config` is replaced whole
         * @description Disabling ends the sessions that began through it. A changed `config` has to prove again that it works.
         */
        patch: operations["updateSsoConnection"];
        trace?: never;
    };
    "/api/v1/organizations/{id}/sso-connections/{connectionId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the last try of a connection showed; null when there was none */
        get: operations["getSsoTestResult"];
        put?: never;
        /** Try a connection, enabled or not: go to `url`, sign in there, then read the result */
        post: operations["testSsoConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a problem code means */
        get: operations["getProblem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The users of the organizations that the signed-in admin manages, by email address */
        get: operations["listUsers"];
        put?: never;
        /** Create a user; without a password an invitation is mailed */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a user; `If-Match` guards against changes in the meantime
         * @description `mfaEnabled: false` takes away authenticator and backup codes, ends every session of the user, and mails the user.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/v1/users/{id}/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts at identity providers that a user comes in with */
        get: operations["listUserIdentities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/identities/{identityId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Unlink an account of a user, for one that got another account at the provider */
        delete: operations["unlinkUserIdentity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the invitation again; links sent before are dead */
        post: operations["sendInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/local-password/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the password of a user away, who signs in through single sign-on alone from then on
         * @description Authenticator and backup codes go with it, the sessions that began with the password end, and the user is mailed. Refused with 409 `no_working_sso` where nothing would let the user in.
         */
        post: operations["removePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/sso-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a user the link that links its account at a provider
         * @description For a user with a password and an address that a working connection takes; else 409 `not_linkable`.
         */
        post: operations["mailSsoLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457 problem details */
        Problem: {
            /** @description with `clock_skew`: how far the clock of the authenticator is ahead; less than 0 where it is behind */
            clockSkewSeconds?: number;
            code: "invalid_request" | "unauthenticated" | "invalid_credentials" | "invalid_code" | "challenge_expired" | "session_expired" | "refresh_token_reused" | "forbidden" | "cross_site_request" | "local_sign_in_disabled" | "not_found" | "request_timeout" | "mfa_already_enabled" | "mfa_not_enabled" | "mfa_requires_local_password" | "no_local_password" | "no_pending_enrollment" | "email_taken" | "slug_taken" | "use_own_settings" | "last_admin" | "no_working_sso" | "domain_taken" | "identity_already_linked" | "not_linkable" | "last_way_in" | "not_invited" | "invalid_token" | "precondition_failed" | "body_too_large" | "unsupported_media_type" | "weak_password" | "invalid_status" | "cannot_enable_mfa_for_user" | "invalid_organization" | "domain_not_proved" | "invalid_metadata" | "too_many_attempts" | "headers_too_large" | "internal_error" | "provider_unavailable" | "overloaded" | "unavailable";
            /** @description what happened and what to do */
            detail?: string;
            /** @description what does not fit; of very many faults, the first, and of very long names, the beginning */
            errors?: {
                message: string;
                /** @description RFC 6901 */
                pointer: string;
            }[];
            /** @description what to do after a refused sign-in: on every 401 and 403 of one */
            next?: {
                /** @enum {unknown} */
                action: "sign_in" | "second_step" | "enroll" | "wait" | "use_sso" | "reauthenticate" | "contact_admin";
                /** @description codes that may still be tried in this sign-in */
                attemptsLeft?: number;
                methods?: ("totp" | "backup_code")[];
                /** Format: date-time */
                until?: string;
            };
            /**
             * @description of `invalid_code`
             * @enum {unknown}
             */
            reason?: "wrong" | "already_used" | "clock_skew";
            requestId: string;
            status: number;
            title: string;
            /** @description URI reference of the kind of problem */
            type: string;
        };
        SsoConnection: {
            /** @description SAML: of the provider */
            certificates: {
                /** @description SHA-256, hexadecimal with colons */
                fingerprint: string;
                /** Format: date-time */
                notAfter: string;
                /** Format: date-time */
                notBefore: string;
                subject: string;
            }[];
            config: {
                /** @default false */
                allowGuests: boolean;
                /**
                 * @description also takes accounts of Microsoft's tenant for personal accounts
                 * @default false
                 */
                allowPersonalAccounts: boolean;
                clientId: string;
                /** @description the directories whose users may come in */
                tenantIds: string[];
            };
            /** Format: date-time */
            createdAt: string;
            domains: string[];
            enabled: boolean;
            hasClientSecret: boolean;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            /** @enum {string} */
            kind: "entra";
            lastFailure: {
                /** Format: date-time */
                at: string;
                /** @description in words an admin can act on */
                cause: string;
                /**
                 * @description what the person saw on the sign-in page
                 * @enum {unknown}
                 */
                code: "sso_failed" | "sso_account_unknown" | "sso_link_required" | "sso_link_mailed" | "sso_identity_taken" | "sso_unavailable" | "sso_expired";
                requestId: string;
            } | null;
            lastSignInAt: string | null;
            /**
             * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
             * @enum {unknown}
             */
            mfaPolicy: "trust_provider" | "require_local";
            name: string;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            organizationId: string;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {unknown}
             */
            provisioning: "invite_only" | "jit";
            /** @description those of `domains` that do not count yet */
            unverifiedDomains: string[];
            /** Format: date-time */
            updatedAt: string;
            /** @description made of PUBLIC_URL */
            urls: {
                /** @description SAML: to paste at the provider */
                acsUrl?: string;
                entityId?: string;
                metadataUrl?: string;
                /** @description OIDC: to paste at the provider */
                redirectUri?: string;
                /** @description begins a sign-in; a link for the own portal */
                start: string;
            };
            /** @description what an admin should look at, in words */
            warnings: string[];
            /** @description enabled, and somebody signed in through it as it is configured now */
            working: boolean;
        } | {
            /** @description SAML: of the provider */
            certificates: {
                /** @description SHA-256, hexadecimal with colons */
                fingerprint: string;
                /** Format: date-time */
                notAfter: string;
                /** Format: date-time */
                notBefore: string;
                subject: string;
            }[];
            config: {
                clientId: string;
                /** @description the Workspace domains (`hd`) whose users may come in */
                hostedDomains: string[];
            };
            /** Format: date-time */
            createdAt: string;
            domains: string[];
            enabled: boolean;
            hasClientSecret: boolean;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            /** @enum {string} */
            kind: "google";
            lastFailure: {
                /** Format: date-time */
                at: string;
                /** @description in words an admin can act on */
                cause: string;
                /**
                 * @description what the person saw on the sign-in page
                 * @enum {unknown}
                 */
                code: "sso_failed" | "sso_account_unknown" | "sso_link_required" | "sso_link_mailed" | "sso_identity_taken" | "sso_unavailable" | "sso_expired";
                requestId: string;
            } | null;
            lastSignInAt: string | null;
            /**
             * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
             * @enum {unknown}
             */
            mfaPolicy: "trust_provider" | "require_local";
            name: string;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            organizationId: string;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {unknown}
             */
            provisioning: "invite_only" | "jit";
            /** @description those of `domains` that do not count yet */
            unverifiedDomains: string[];
            /** Format: date-time */
            updatedAt: string;
            /** @description made of PUBLIC_URL */
            urls: {
                /** @description SAML: to paste at the provider */
                acsUrl?: string;
                entityId?: string;
                metadataUrl?: string;
                /** @description OIDC: to paste at the provider */
                redirectUri?: string;
                /** @description begins a sign-in; a link for the own portal */
                start: string;
            };
            /** @description what an admin should look at, in words */
            warnings: string[];
            /** @description enabled, and somebody signed in through it as it is configured now */
            working: boolean;
        } | {
            /** @description SAML: of the provider */
            certificates: {
                /** @description SHA-256, hexadecimal with colons */
                fingerprint: string;
                /** Format: date-time */
                notAfter: string;
                /** Format: date-time */
                notBefore: string;
                subject: string;
            }[];
            config: {
                /**
                 * @default client_secret_basic
                 * @enum {unknown}
                 */
                clientAuthentication: "client_secret_basic" | "client_secret_post" | "none";
                clientId: string;
                issuer: string;
                /**
                 * @description where the full name is; `name` unless told
                 * @default null
                 */
                nameClaim: string | null;
                /**
                 * @description asked for besides openid
                 * @default [
                 *       "profile",
                 *       "email"
                 *     ]
                 */
                scopes: string[];
                /**
                 * @description the one algorithm that ID tokens are signed with
                 * @default RS256
                 * @enum {unknown}
                 */
                signingAlgorithm: "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA";
            };
            /** Format: date-time */
            createdAt: string;
            domains: string[];
            enabled: boolean;
            hasClientSecret: boolean;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            /** @enum {string} */
            kind: "oidc";
            lastFailure: {
                /** Format: date-time */
                at: string;
                /** @description in words an admin can act on */
                cause: string;
                /**
                 * @description what the person saw on the sign-in page
                 * @enum {unknown}
                 */
                code: "sso_failed" | "sso_account_unknown" | "sso_link_required" | "sso_link_mailed" | "sso_identity_taken" | "sso_unavailable" | "sso_expired";
                requestId: string;
            } | null;
            lastSignInAt: string | null;
            /**
             * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
             * @enum {unknown}
             */
            mfaPolicy: "trust_provider" | "require_local";
            name: string;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            organizationId: string;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {unknown}
             */
            provisioning: "invite_only" | "jit";
            /** @description those of `domains` that do not count yet */
            unverifiedDomains: string[];
            /** Format: date-time */
            updatedAt: string;
            /** @description made of PUBLIC_URL */
            urls: {
                /** @description SAML: to paste at the provider */
                acsUrl?: string;
                entityId?: string;
                metadataUrl?: string;
                /** @description OIDC: to paste at the provider */
                redirectUri?: string;
                /** @description begins a sign-in; a link for the own portal */
                start: string;
            };
            /** @description what an admin should look at, in words */
            warnings: string[];
            /** @description enabled, and somebody signed in through it as it is configured now */
            working: boolean;
        } | {
            /** @description SAML: of the provider */
            certificates: {
                /** @description SHA-256, hexadecimal with colons */
                fingerprint: string;
                /** Format: date-time */
                notAfter: string;
                /** Format: date-time */
                notBefore: string;
                subject: string;
            }[];
            config: {
                /** @description whether a sign-in may begin at the provider; off unless set */
                allowUnsolicited?: boolean;
                attributes?: {
                    email?: string;
                    name?: string;
                };
                /** @description PEM; each may have signed, so that the provider can roll over from one to the next */
                certificates: string[];
                /** @description asks the provider to prove the person anew, within the last ten minutes */
                forceAuthn?: boolean;
                idpEntityId: string;
                /** @description AuthnContextClassRefs, one of which has to come */
                requestedAuthnContext?: string[];
                /** @enum {unknown} */
                requestNameIdFormat?: "persistent" | "email_address";
                /** @description on unless switched off */
                signRequests?: boolean;
                /** @description SingleSignOnService with the HTTP-Redirect binding */
                ssoUrl: string;
                /** @description what identifies a person; an `email_address` has to be of a verified domain, an attribute immutable and never given to somebody else */
                subject: {
                    /** @enum {unknown} */
                    format: "persistent" | "email_address";
                    /** @enum {string} */
                    source: "name_id";
                } | {
                    name: string;
                    /** @enum {string} */
                    source: "attribute";
                };
            };
            /** Format: date-time */
            createdAt: string;
            domains: string[];
            enabled: boolean;
            hasClientSecret: boolean;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            /** @enum {string} */
            kind: "saml";
            lastFailure: {
                /** Format: date-time */
                at: string;
                /** @description in words an admin can act on */
                cause: string;
                /**
                 * @description what the person saw on the sign-in page
                 * @enum {unknown}
                 */
                code: "sso_failed" | "sso_account_unknown" | "sso_link_required" | "sso_link_mailed" | "sso_identity_taken" | "sso_unavailable" | "sso_expired";
                requestId: string;
            } | null;
            lastSignInAt: string | null;
            /**
             * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
             * @enum {unknown}
             */
            mfaPolicy: "trust_provider" | "require_local";
            name: string;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            organizationId: string;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {unknown}
             */
            provisioning: "invite_only" | "jit";
            /** @description those of `domains` that do not count yet */
            unverifiedDomains: string[];
            /** Format: date-time */
            updatedAt: string;
            /** @description made of PUBLIC_URL */
            urls: {
                /** @description SAML: to paste at the provider */
                acsUrl?: string;
                entityId?: string;
                metadataUrl?: string;
                /** @description OIDC: to paste at the provider */
                redirectUri?: string;
                /** @description begins a sign-in; a link for the own portal */
                start: string;
            };
            /** @description what an admin should look at, in words */
            warnings: string[];
            /** @description enabled, and somebody signed in through it as it is configured now */
            working: boolean;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAuditEvents: {
        parameters: {
            query?: {
                action?: "session.signed_in" | "session.sign_in_failed" | "session.second_factor_failed" | "session.signed_out" | "session.revoked" | "session.refresh_token_reused" | "backup_code.used" | "mfa.enrollment_started" | "mfa.enabled" | "mfa.disabled" | "mfa.backup_codes_regenerated" | "mfa.reset" | "mfa.attempt_failed" | "mfa.locked" | "password.changed" | "password.change_failed" | "password.reset_requested" | "password.reset" | "password.removed" | "invitation.sent" | "invitation.accepted" | "user.created" | "user.updated" | "user.unlocked" | "organization.created" | "organization.updated" | "settings.updated" | "local_sign_in.enabled" | "sso.sign_in_failed" | "sso.connection_created" | "sso.connection_updated" | "sso.connection_deleted" | "sso.connection_tested" | "identity.linked" | "identity.link_failed" | "identity.link_mailed" | "identity.unlinked" | "domain.added" | "domain.verified" | "domain.removed" | "domain.lapsed" | "domain.kept" | "user.provisioned" | "keys.rotated" | "keys.signing_rotated" | "seed.applied" | "users.imported";
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description not before this moment */
                from?: string;
                limit?: number;
                /** @description UUIDv7 */
                organizationId?: string;
                /** @description before this moment */
                to?: string;
                /** @description who did it or whom it happened to */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {unknown} */
                            action: "session.signed_in" | "session.sign_in_failed" | "session.second_factor_failed" | "session.signed_out" | "session.revoked" | "session.refresh_token_reused" | "backup_code.used" | "mfa.enrollment_started" | "mfa.enabled" | "mfa.disabled" | "mfa.backup_codes_regenerated" | "mfa.reset" | "mfa.attempt_failed" | "mfa.locked" | "password.changed" | "password.change_failed" | "password.reset_requested" | "password.reset" | "password.removed" | "invitation.sent" | "invitation.accepted" | "user.created" | "user.updated" | "user.unlocked" | "organization.created" | "organization.updated" | "settings.updated" | "local_sign_in.enabled" | "sso.sign_in_failed" | "sso.connection_created" | "sso.connection_updated" | "sso.connection_deleted" | "sso.connection_tested" | "identity.linked" | "identity.link_failed" | "identity.link_mailed" | "identity.unlinked" | "domain.added" | "domain.verified" | "domain.removed" | "domain.lapsed" | "domain.kept" | "user.provisioned" | "keys.rotated" | "keys.signing_rotated" | "seed.applied" | "users.imported";
                            /** @description who did it */
                            actor: {
                                id: string | null;
                                /** @description email address, or the name of an operator command, as it was at that moment */
                                name: string;
                            } | null;
                            address: string | null;
                            details: {
                                [key: string]: unknown;
                            };
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** Format: date-time */
                            occurredAt: string;
                            organizationId: string | null;
                            /** @enum {unknown} */
                            outcome: "success" | "failure";
                            requestId: string | null;
                            /** @description place in the log */
                            sequence: number;
                            /** @description whom it happened to */
                            subject: {
                                id: string | null;
                                /** @description email address, or the name of an operator command, as it was at that moment */
                                name: string;
                            } | null;
                            userAgent: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description from the link in the mail */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email: string;
                        /** @description of new passwords, in code points */
                        minimumPasswordLength: number;
                        name: string;
                        organizationName: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    /** @description from the link in the mail */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description email address */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "authenticated";
                        user: {
                            /** @enum {unknown} */
                            access: "read_write" | "read_only";
                            email: string;
                            /** @description false for a user who signs in through SSO only */
                            hasPassword: boolean;
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            mfa: {
                                canEnroll: boolean;
                                enabled: boolean;
                                /**
                                 * @description why the user cannot enroll
                                 * @enum {unknown}
                                 */
                                reason?: "mfa_requires_local_password" | "mfa_already_enabled" | "local_sign_in_disabled";
                            };
                            /** @description of new passwords, in code points */
                            minimumPasswordLength: number;
                            name: string;
                            organization: {
                                /**
                                 * Format: uuid
                                 * @description UUIDv7
                                 */
                                id: string;
                                /** @enum {unknown} */
                                kind: "partner" | "customer";
                                name: string;
                                slug: string;
                            };
                            /** @enum {unknown} */
                            role: "admin" | "member";
                            session: {
                                /**
                                 * @description authenticator assurance level
                                 * @enum {unknown}
                                 */
                                aal: 1 | 2;
                                /**
                                 * Format: uuid
                                 * @description UUIDv7
                                 */
                                id: string;
                                /** @enum {unknown} */
                                method: "password" | "sso";
                            };
                            /**
                             * @description invited: the invitation was not accepted yet
                             * @enum {unknown}
                             */
                            status: "active" | "invited" | "disabled";
                        };
                    } | {
                        /** Format: date-time */
                        expiresAt: string;
                        methods: ("totp" | "backup_code")[];
                        /** @enum {string} */
                        status: "mfa_required";
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifySecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description TOTP code or backup code */
                    code: string;
                    /** @enum {unknown} */
                    method: "totp" | "backup_code";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "authenticated";
                        user: {
                            /** @enum {unknown} */
                            access: "read_write" | "read_only";
                            email: string;
                            /** @description false for a user who signs in through SSO only */
                            hasPassword: boolean;
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            mfa: {
                                canEnroll: boolean;
                                enabled: boolean;
                                /**
                                 * @description why the user cannot enroll
                                 * @enum {unknown}
                                 */
                                reason?: "mfa_requires_local_password" | "mfa_already_enabled" | "local_sign_in_disabled";
                            };
                            /** @description of new passwords, in code points */
                            minimumPasswordLength: number;
                            name: string;
                            organization: {
                                /**
                                 * Format: uuid
                                 * @description UUIDv7
                                 */
                                id: string;
                                /** @enum {unknown} */
                                kind: "partner" | "customer";
                                name: string;
                                slug: string;
                            };
                            /** @enum {unknown} */
                            role: "admin" | "member";
                            session: {
                                /**
                                 * @description authenticator assurance level
                                 * @enum {unknown}
                                 */
                                aal: 1 | 2;
                                /**
                                 * Format: uuid
                                 * @description UUIDv7
                                 */
                                id: string;
                                /** @enum {unknown} */
                                method: "password" | "sso";
                            };
                            /**
                             * @description invited: the invitation was not accepted yet
                             * @enum {unknown}
                             */
                            status: "active" | "invited" | "disabled";
                        };
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description email address */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Taken */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    newPassword: string;
                    /** @description from the link in the mail */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSignInOptions: {
        parameters: {
            query?: {
                /** @description email address */
                email?: string;
                /** @description slug, of an organization's own sign-in link */
                organization?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        connections: {
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** @enum {unknown} */
                            kind: "entra" | "google" | "oidc" | "saml";
                            name: string;
                        }[];
                        localSignIn: boolean;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMailedLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description from the link in the mail */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description whether a code of the second factor is asked for */
                        codeRequired: boolean;
                        connections: {
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** @enum {unknown} */
                            kind: "entra" | "google" | "oidc" | "saml";
                            name: string;
                        }[];
                        email: string;
                        name: string;
                        organizationName: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startMailedLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description TOTP code or backup code */
                    code?: string;
                    /**
                     * Format: uuid
                     * @description UUIDv7
                     */
                    connectionId: string;
                    /** @description from the link in the mail */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        url: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    samlAcs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    RelayState?: string;
                    SAMLResponse?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description See the Location header. After a failure it holds `error` (one of `sso_failed`, `sso_account_unknown`, `sso_link_required`, `sso_link_mailed`, `sso_identity_taken`, `sso_unavailable`, `sso_expired`) and `requestId`. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ssoCallback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description See the Location header. After a failure it holds `error` (one of `sso_failed`, `sso_account_unknown`, `sso_link_required`, `sso_link_mailed`, `sso_identity_taken`, `sso_unavailable`, `sso_expired`) and `requestId`. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    samlServiceProviderMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metadata */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/samlmetadata+xml": string;
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startSso: {
        parameters: {
            query?: {
                /** @description a path on this origin; `/` unless told */
                returnTo?: string;
            };
            header?: never;
            path: {
                /** @description UUIDv7 */
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description See the Location header. After a failure it holds `error` (one of `sso_failed`, `sso_account_unknown`, `sso_link_required`, `sso_link_mailed`, `sso_identity_taken`, `sso_unavailable`, `sso_expired`) and `requestId`. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    completeSso: {
        parameters: {
            query: {
                code: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description See the Location header. After a failure it holds `error` (one of `sso_failed`, `sso_account_unknown`, `sso_link_required`, `sso_link_mailed`, `sso_identity_taken`, `sso_unavailable`, `sso_expired`) and `requestId`. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        access: "read_write" | "read_only";
                        email: string;
                        /** @description false for a user who signs in through SSO only */
                        hasPassword: boolean;
                        /**
                         * Format: uuid
                         * @description UUIDv7
                         */
                        id: string;
                        mfa: {
                            canEnroll: boolean;
                            enabled: boolean;
                            /**
                             * @description why the user cannot enroll
                             * @enum {unknown}
                             */
                            reason?: "mfa_requires_local_password" | "mfa_already_enabled" | "local_sign_in_disabled";
                        };
                        /** @description of new passwords, in code points */
                        minimumPasswordLength: number;
                        name: string;
                        organization: {
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** @enum {unknown} */
                            kind: "partner" | "customer";
                            name: string;
                            slug: string;
                        };
                        /** @enum {unknown} */
                        role: "admin" | "member";
                        session: {
                            /**
                             * @description authenticator assurance level
                             * @enum {unknown}
                             */
                            aal: 1 | 2;
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** @enum {unknown} */
                            method: "password" | "sso";
                        };
                        /**
                         * @description invited: the invitation was not accepted yet
                         * @enum {unknown}
                         */
                        status: "active" | "invited" | "disabled";
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        access: "read_write" | "read_only";
                        email: string;
                        /** @description false for a user who signs in through SSO only */
                        hasPassword: boolean;
                        /**
                         * Format: uuid
                         * @description UUIDv7
                         */
                        id: string;
                        mfa: {
                            canEnroll: boolean;
                            enabled: boolean;
                            /**
                             * @description why the user cannot enroll
                             * @enum {unknown}
                             */
                            reason?: "mfa_requires_local_password" | "mfa_already_enabled" | "local_sign_in_disabled";
                        };
                        /** @description of new passwords, in code points */
                        minimumPasswordLength: number;
                        name: string;
                        organization: {
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** @enum {unknown} */
                            kind: "partner" | "customer";
                            name: string;
                            slug: string;
                        };
                        /** @enum {unknown} */
                        role: "admin" | "member";
                        session: {
                            /**
                             * @description authenticator assurance level
                             * @enum {unknown}
                             */
                            aal: 1 | 2;
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** @enum {unknown} */
                            method: "password" | "sso";
                        };
                        /**
                         * @description invited: the invitation was not accepted yet
                         * @enum {unknown}
                         */
                        status: "active" | "invited" | "disabled";
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIdentities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            connection: {
                                /**
                                 * Format: uuid
                                 * @description UUIDv7
                                 */
                                id: string;
                                /** @enum {unknown} */
                                kind: "entra" | "google" | "oidc" | "saml";
                                name: string;
                            };
                            email: string | null;
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            lastSignInAt: string | null;
                            /** Format: date-time */
                            linkedAt: string;
                            /** @description false for the last way in */
                            removable: boolean;
                            subject: string;
                        }[];
                        linkable: {
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** @enum {unknown} */
                            kind: "entra" | "google" | "oidc" | "saml";
                            name: string;
                        }[];
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    linkIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description TOTP code or backup code */
                    code?: string;
                    password: string;
                    returnTo?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        url: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlinkIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        backupCodesRemaining?: number;
                        canEnroll: boolean;
                        enabled: boolean;
                        /** Format: date-time */
                        enrolledAt?: string;
                        /**
                         * @description why the user cannot enroll
                         * @enum {unknown}
                         */
                        reason?: "mfa_requires_local_password" | "mfa_already_enabled" | "local_sign_in_disabled";
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    regenerateBackupCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description TOTP code or backup code */
                    code: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description each signs in once */
                        backupCodes: string[];
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableMfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description TOTP code or backup code */
                    code: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startEnrollment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        expiresAt: string;
                        /** @description Key URI format */
                        otpauthUri: string;
                        /** @description data URL of a picture (SVG) of otpauthUri */
                        qrCode: string;
                        /** @description base32 without padding, 160 bits */
                        secret: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmEnrollment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description TOTP code or backup code */
                    code: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description each signs in once */
                        backupCodes: string[];
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description TOTP code or backup code */
                    code?: string;
                    currentPassword: string;
                    newPassword: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description authenticator assurance level
                             * @enum {unknown}
                             */
                            aal: 1 | 2;
                            /** @description IP address the session was opened from */
                            address: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** @description the session of this request */
                            current: boolean;
                            /** Format: date-time */
                            expiresAt: string;
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** Format: date-time */
                            lastSeenAt: string;
                            /** @enum {unknown} */
                            method: "password" | "sso";
                            userAgent: string;
                        }[];
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOrganizations: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** @enum {unknown} */
                            kind: "partner" | "customer";
                            name: string;
                            partnerId: string | null;
                            /** @description 1 to 63 lower-case letters, digits and inner hyphens; unique */
                            slug: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description 1 to 63 lower-case letters, digits and inner hyphens; unique */
                    slug: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /**
                         * Format: uuid
                         * @description UUIDv7
                         */
                        id: string;
                        /** @enum {unknown} */
                        kind: "partner" | "customer";
                        name: string;
                        partnerId: string | null;
                        /** @description 1 to 63 lower-case letters, digits and inner hyphens; unique */
                        slug: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /**
                         * Format: uuid
                         * @description UUIDv7
                         */
                        id: string;
                        /** @enum {unknown} */
                        kind: "partner" | "customer";
                        name: string;
                        partnerId: string | null;
                        /** @description 1 to 63 lower-case letters, digits and inner hyphens; unique */
                        slug: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description 1 to 63 lower-case letters, digits and inner hyphens; unique */
                    slug?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /**
                         * Format: uuid
                         * @description UUIDv7
                         */
                        id: string;
                        /** @enum {unknown} */
                        kind: "partner" | "customer";
                        name: string;
                        partnerId: string | null;
                        /** @description 1 to 63 lower-case letters, digits and inner hyphens; unique */
                        slug: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDomains: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            missingSince: string | null;
                            name: string;
                            /** @description the DNS record that proves the domain */
                            record: {
                                name: string;
                                /** @enum {string} */
                                type: "TXT";
                                value: string;
                            };
                            verifiedAt: string | null;
                        }[];
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        missingSince: string | null;
                        name: string;
                        /** @description the DNS record that proves the domain */
                        record: {
                            name: string;
                            /** @enum {string} */
                            type: "TXT";
                            value: string;
                        };
                        verifiedAt: string | null;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        missingSince: string | null;
                        name: string;
                        /** @description the DNS record that proves the domain */
                        record: {
                            name: string;
                            /** @enum {string} */
                            type: "TXT";
                            value: string;
                        };
                        verifiedAt: string | null;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSamlMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    url: string;
                } | {
                    xml: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description compare the fingerprints with those the provider shows before you save them */
                        certificates: {
                            /** @description SHA-256, hexadecimal with colons */
                            fingerprint: string;
                            /** Format: date-time */
                            notAfter: string;
                            /** Format: date-time */
                            notBefore: string;
                            pem: string;
                            subject: string;
                        }[];
                        idpEntityId: string;
                        nameIdFormats: string[];
                        ssoUrl: string;
                        wantAuthnRequestsSigned: boolean;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description of the partner, or the defaults of the product */
                        inherited: {
                            /** @description whether users may sign in with a password */
                            localSignInEnabled: boolean;
                            /** @description of new passwords, in code points */
                            minimumPasswordLength: number;
                            /** @description a session ends when it was not used for this long */
                            sessionIdleMinutes: number;
                            /** @description from sign-in to the end of a session, used or not */
                            sessionLifetimeMinutes: number;
                        };
                        /** @description whether users may sign in with a password */
                        localSignInEnabled: boolean;
                        /** @description of new passwords, in code points */
                        minimumPasswordLength: number;
                        /** @description what this organization sets itself; null follows what it inherits */
                        own: {
                            localSignInEnabled: boolean | null;
                            minimumPasswordLength: number | null;
                            sessionIdleMinutes: number | null;
                            sessionLifetimeMinutes: number | null;
                        };
                        /** @description a session ends when it was not used for this long */
                        sessionIdleMinutes: number;
                        /** @description from sign-in to the end of a session, used or not */
                        sessionLifetimeMinutes: number;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    localSignInEnabled?: boolean | null;
                    minimumPasswordLength?: number | null;
                    sessionIdleMinutes?: number | null;
                    sessionLifetimeMinutes?: number | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description of the partner, or the defaults of the product */
                        inherited: {
                            /** @description whether users may sign in with a password */
                            localSignInEnabled: boolean;
                            /** @description of new passwords, in code points */
                            minimumPasswordLength: number;
                            /** @description a session ends when it was not used for this long */
                            sessionIdleMinutes: number;
                            /** @description from sign-in to the end of a session, used or not */
                            sessionLifetimeMinutes: number;
                        };
                        /** @description whether users may sign in with a password */
                        localSignInEnabled: boolean;
                        /** @description of new passwords, in code points */
                        minimumPasswordLength: number;
                        /** @description what this organization sets itself; null follows what it inherits */
                        own: {
                            localSignInEnabled: boolean | null;
                            minimumPasswordLength: number | null;
                            sessionIdleMinutes: number | null;
                            sessionLifetimeMinutes: number | null;
                        };
                        /** @description a session ends when it was not used for this long */
                        sessionIdleMinutes: number;
                        /** @description from sign-in to the end of a session, used or not */
                        sessionLifetimeMinutes: number;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewSettings: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    localSignInEnabled?: boolean | null;
                    minimumPasswordLength?: number | null;
                    sessionIdleMinutes?: number | null;
                    sessionLifetimeMinutes?: number | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description customers that follow, have no working single sign-on, and so keep their passwords */
                        customers: {
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        /** @description users who are mailed a link to connect their account with first */
                        inGrace: number;
                        nextCursor: string | null;
                        /** @description users who can sign in afterwards as they are */
                        ready: number;
                        /** @description users who could not sign in */
                        stranded: number;
                        /** @description those who could not, by email address */
                        users: {
                            email: string;
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            name: string;
                            organization: {
                                /**
                                 * Format: uuid
                                 * @description UUIDv7
                                 */
                                id: string;
                                /** @enum {unknown} */
                                kind: "partner" | "customer";
                                name: string;
                                slug: string;
                            };
                            /**
                             * @description no single sign-on of the organization works, or none takes the address and no account is linked
                             * @enum {unknown}
                             */
                            why: "no_connection" | "no_domain";
                        }[];
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSsoConnections: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SsoConnection"][];
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSsoConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    config: {
                        /** @default false */
                        allowGuests?: boolean;
                        /**
                         * @description also takes accounts of Microsoft's tenant for personal accounts
                         * @default false
                         */
                        allowPersonalAccounts?: boolean;
                        clientId: string;
                        /** @description never read back; left out in a change it stays, null takes it away */
                        clientSecret?: string | null;
                        /** @description the directories whose users may come in */
                        tenantIds: string[];
                    };
                    /** @description domains of the organization whose addresses come in here; each counts once it is verified */
                    domains?: string[];
                    /** @default false */
                    enabled?: boolean;
                    /** @enum {string} */
                    kind: "entra";
                    /**
                     * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
                     * @enum {unknown}
                     */
                    mfaPolicy?: "trust_provider" | "require_local";
                    name: string;
                    /**
                     * @description jit creates unknown users of the verified domains as read-only members
                     * @enum {unknown}
                     */
                    provisioning?: "invite_only" | "jit";
                } | {
                    config: {
                        clientId: string;
                        /** @description never read back; left out in a change it stays, null takes it away */
                        clientSecret?: string | null;
                        /** @description the Workspace domains (`hd`) whose users may come in */
                        hostedDomains: string[];
                    };
                    /** @description domains of the organization whose addresses come in here; each counts once it is verified */
                    domains?: string[];
                    /** @default false */
                    enabled?: boolean;
                    /** @enum {string} */
                    kind: "google";
                    /**
                     * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
                     * @enum {unknown}
                     */
                    mfaPolicy?: "trust_provider" | "require_local";
                    name: string;
                    /**
                     * @description jit creates unknown users of the verified domains as read-only members
                     * @enum {unknown}
                     */
                    provisioning?: "invite_only" | "jit";
                } | {
                    config: {
                        /**
                         * @default client_secret_basic
                         * @enum {unknown}
                         */
                        clientAuthentication?: "client_secret_basic" | "client_secret_post" | "none";
                        clientId: string;
                        /** @description never read back; left out in a change it stays, null takes it away */
                        clientSecret?: string | null;
                        issuer: string;
                        /**
                         * @description where the full name is; `name` unless told
                         * @default null
                         */
                        nameClaim?: string | null;
                        /**
                         * @description asked for besides openid
                         * @default [
                         *       "profile",
                         *       "email"
                         *     ]
                         */
                        scopes?: string[];
                        /**
                         * @description the one algorithm that ID tokens are signed with
                         * @default RS256
                         * @enum {unknown}
                         */
                        signingAlgorithm?: "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA";
                    };
                    /** @description domains of the organization whose addresses come in here; each counts once it is verified */
                    domains?: string[];
                    /** @default false */
                    enabled?: boolean;
                    /** @enum {string} */
                    kind: "oidc";
                    /**
                     * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
                     * @enum {unknown}
                     */
                    mfaPolicy?: "trust_provider" | "require_local";
                    name: string;
                    /**
                     * @description jit creates unknown users of the verified domains as read-only members
                     * @enum {unknown}
                     */
                    provisioning?: "invite_only" | "jit";
                } | {
                    config: {
                        /** @description whether a sign-in may begin at the provider; off unless set */
                        allowUnsolicited?: boolean;
                        attributes?: {
                            email?: string;
                            name?: string;
                        };
                        /** @description PEM; each may have signed, so that the provider can roll over from one to the next */
                        certificates: string[];
                        /** @description asks the provider to prove the person anew, within the last ten minutes */
                        forceAuthn?: boolean;
                        idpEntityId: string;
                        /** @description AuthnContextClassRefs, one of which has to come */
                        requestedAuthnContext?: string[];
                        /** @enum {unknown} */
                        requestNameIdFormat?: "persistent" | "email_address";
                        /** @description on unless switched off */
                        signRequests?: boolean;
                        /** @description SingleSignOnService with the HTTP-Redirect binding */
                        ssoUrl: string;
                        /** @description what identifies a person; an `email_address` has to be of a verified domain, an attribute immutable and never given to somebody else */
                        subject: {
                            /** @enum {unknown} */
                            format: "persistent" | "email_address";
                            /** @enum {string} */
                            source: "name_id";
                        } | {
                            name: string;
                            /** @enum {string} */
                            source: "attribute";
                        };
                    };
                    /** @description domains of the organization whose addresses come in here; each counts once it is verified */
                    domains?: string[];
                    /** @default false */
                    enabled?: boolean;
                    /** @enum {string} */
                    kind: "saml";
                    /**
                     * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
                     * @enum {unknown}
                     */
                    mfaPolicy?: "trust_provider" | "require_local";
                    name: string;
                    /**
                     * @description jit creates unknown users of the verified domains as read-only members
                     * @enum {unknown}
                     */
                    provisioning?: "invite_only" | "jit";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SsoConnection"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSsoConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                connectionId: string;
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SsoConnection"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSsoConnection: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @description UUIDv7 */
                connectionId: string;
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSsoConnection: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @description UUIDv7 */
                connectionId: string;
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description judged by the kind of the connection */
                    config?: {
                        /** @default false */
                        allowGuests?: boolean;
                        /**
                         * @description also takes accounts of Microsoft's tenant for personal accounts
                         * @default false
                         */
                        allowPersonalAccounts?: boolean;
                        clientId: string;
                        /** @description never read back; left out in a change it stays, null takes it away */
                        clientSecret?: string | null;
                        /** @description the directories whose users may come in */
                        tenantIds: string[];
                    } | {
                        clientId: string;
                        /** @description never read back; left out in a change it stays, null takes it away */
                        clientSecret?: string | null;
                        /** @description the Workspace domains (`hd`) whose users may come in */
                        hostedDomains: string[];
                    } | {
                        /**
                         * @default client_secret_basic
                         * @enum {unknown}
                         */
                        clientAuthentication?: "client_secret_basic" | "client_secret_post" | "none";
                        clientId: string;
                        /** @description never read back; left out in a change it stays, null takes it away */
                        clientSecret?: string | null;
                        issuer: string;
                        /**
                         * @description where the full name is; `name` unless told
                         * @default null
                         */
                        nameClaim?: string | null;
                        /**
                         * @description asked for besides openid
                         * @default [
                         *       "profile",
                         *       "email"
                         *     ]
                         */
                        scopes?: string[];
                        /**
                         * @description the one algorithm that ID tokens are signed with
                         * @default RS256
                         * @enum {unknown}
                         */
                        signingAlgorithm?: "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA";
                    } | {
                        /** @description whether a sign-in may begin at the provider; off unless set */
                        allowUnsolicited?: boolean;
                        attributes?: {
                            email?: string;
                            name?: string;
                        };
                        /** @description PEM; each may have signed, so that the provider can roll over from one to the next */
                        certificates: string[];
                        /** @description asks the provider to prove the person anew, within the last ten minutes */
                        forceAuthn?: boolean;
                        idpEntityId: string;
                        /** @description AuthnContextClassRefs, one of which has to come */
                        requestedAuthnContext?: string[];
                        /** @enum {unknown} */
                        requestNameIdFormat?: "persistent" | "email_address";
                        /** @description on unless switched off */
                        signRequests?: boolean;
                        /** @description SingleSignOnService with the HTTP-Redirect binding */
                        ssoUrl: string;
                        /** @description what identifies a person; an `email_address` has to be of a verified domain, an attribute immutable and never given to somebody else */
                        subject: {
                            /** @enum {unknown} */
                            format: "persistent" | "email_address";
                            /** @enum {string} */
                            source: "name_id";
                        } | {
                            name: string;
                            /** @enum {string} */
                            source: "attribute";
                        };
                    };
                    /** @description domains of the organization whose addresses come in here; each counts once it is verified */
                    domains?: string[];
                    enabled?: boolean;
                    /**
                     * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
                     * @enum {unknown}
                     */
                    mfaPolicy?: "trust_provider" | "require_local";
                    name?: string;
                    /**
                     * @description jit creates unknown users of the verified domains as read-only members
                     * @enum {unknown}
                     */
                    provisioning?: "invite_only" | "jit";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SsoConnection"];
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSsoTestResult: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                connectionId: string;
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: {
                            account: {
                                /** @description what a sign-in of this person would do */
                                effect: string;
                                email: string | null;
                                issuer: string;
                                multiFactor: boolean;
                                name: string | null;
                                subject: string;
                            } | null;
                            /** Format: date-time */
                            at: string;
                            /** @description false when the connection was changed after it */
                            current: boolean;
                            /** @description what is wrong, in words an admin can act on */
                            faults: string[];
                            /** @enum {unknown} */
                            outcome: "success" | "failure";
                            /** @description what the provider sent */
                            received: {
                                name: string;
                                values: string[];
                            }[];
                            requestId: string;
                            testedBy: string;
                        } | null;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testSsoConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                connectionId: string;
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    returnTo?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        url: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProblem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: "invalid_request" | "unauthenticated" | "invalid_credentials" | "invalid_code" | "challenge_expired" | "session_expired" | "refresh_token_reused" | "forbidden" | "cross_site_request" | "local_sign_in_disabled" | "not_found" | "request_timeout" | "mfa_already_enabled" | "mfa_not_enabled" | "mfa_requires_local_password" | "no_local_password" | "no_pending_enrollment" | "email_taken" | "slug_taken" | "use_own_settings" | "last_admin" | "no_working_sso" | "domain_taken" | "identity_already_linked" | "not_linkable" | "last_way_in" | "not_invited" | "invalid_token" | "precondition_failed" | "body_too_large" | "unsupported_media_type" | "weak_password" | "invalid_status" | "cannot_enable_mfa_for_user" | "invalid_organization" | "domain_not_proved" | "invalid_metadata" | "too_many_attempts" | "headers_too_large" | "internal_error" | "provider_unavailable" | "overloaded" | "unavailable";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        status: number;
                        title: string;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                limit?: number;
                /** @description UUIDv7 */
                organizationId?: string;
                /** @description part of the name or the email address, in any case */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {unknown} */
                            access: "read_write" | "read_only";
                            /** Format: date-time */
                            createdAt: string;
                            email: string;
                            /** @description false for a user who signs in through SSO only */
                            hasPassword: boolean;
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            lastSignInAt: string | null;
                            mfaEnabled: boolean;
                            name: string;
                            organization: {
                                /**
                                 * Format: uuid
                                 * @description UUIDv7
                                 */
                                id: string;
                                /** @enum {unknown} */
                                kind: "partner" | "customer";
                                name: string;
                                slug: string;
                            };
                            /** @enum {unknown} */
                            role: "admin" | "member";
                            /**
                             * @description invited: the invitation was not accepted yet
                             * @enum {unknown}
                             */
                            status: "active" | "invited" | "disabled";
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    access: "read_write" | "read_only";
                    /** @description email address */
                    email: string;
                    name: string;
                    /**
                     * Format: uuid
                     * @description UUIDv7
                     */
                    organizationId: string;
                    password?: string;
                    /** @enum {unknown} */
                    role: "admin" | "member";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    /** @description version of the user, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        access: "read_write" | "read_only";
                        /** Format: date-time */
                        createdAt: string;
                        email: string;
                        /** @description false for a user who signs in through SSO only */
                        hasPassword: boolean;
                        /**
                         * Format: uuid
                         * @description UUIDv7
                         */
                        id: string;
                        lastSignInAt: string | null;
                        mfaEnabled: boolean;
                        name: string;
                        organization: {
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** @enum {unknown} */
                            kind: "partner" | "customer";
                            name: string;
                            slug: string;
                        };
                        /** @enum {unknown} */
                        role: "admin" | "member";
                        /**
                         * @description invited: the invitation was not accepted yet
                         * @enum {unknown}
                         */
                        status: "active" | "invited" | "disabled";
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    /** @description version of the user, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        access: "read_write" | "read_only";
                        /** Format: date-time */
                        createdAt: string;
                        email: string;
                        /** @description false for a user who signs in through SSO only */
                        hasPassword: boolean;
                        /**
                         * Format: uuid
                         * @description UUIDv7
                         */
                        id: string;
                        lastSignInAt: string | null;
                        mfaEnabled: boolean;
                        name: string;
                        organization: {
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** @enum {unknown} */
                            kind: "partner" | "customer";
                            name: string;
                            slug: string;
                        };
                        /** @enum {unknown} */
                        role: "admin" | "member";
                        /**
                         * @description invited: the invitation was not accepted yet
                         * @enum {unknown}
                         */
                        status: "active" | "invited" | "disabled";
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the user as it is known */
                "if-match"?: string;
            };
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    access?: "read_write" | "read_only";
                    /** @description false takes away authenticator and backup codes; only the user can set them up */
                    mfaEnabled?: boolean;
                    name?: string;
                    /** @enum {unknown} */
                    role?: "admin" | "member";
                    /** @enum {unknown} */
                    status?: "active" | "disabled";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    /** @description version of the user, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        access: "read_write" | "read_only";
                        /** Format: date-time */
                        createdAt: string;
                        email: string;
                        /** @description false for a user who signs in through SSO only */
                        hasPassword: boolean;
                        /**
                         * Format: uuid
                         * @description UUIDv7
                         */
                        id: string;
                        lastSignInAt: string | null;
                        mfaEnabled: boolean;
                        name: string;
                        organization: {
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** @enum {unknown} */
                            kind: "partner" | "customer";
                            name: string;
                            slug: string;
                        };
                        /** @enum {unknown} */
                        role: "admin" | "member";
                        /**
                         * @description invited: the invitation was not accepted yet
                         * @enum {unknown}
                         */
                        status: "active" | "invited" | "disabled";
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUserIdentities: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            connection: {
                                /**
                                 * Format: uuid
                                 * @description UUIDv7
                                 */
                                id: string;
                                /** @enum {unknown} */
                                kind: "entra" | "google" | "oidc" | "saml";
                                name: string;
                            };
                            email: string | null;
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            lastSignInAt: string | null;
                            /** Format: date-time */
                            linkedAt: string;
                            subject: string;
                        }[];
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlinkUserIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
                /** @description UUIDv7 */
                identityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removePassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    /** @description version of the user, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {unknown} */
                        access: "read_write" | "read_only";
                        /** Format: date-time */
                        createdAt: string;
                        email: string;
                        /** @description false for a user who signs in through SSO only */
                        hasPassword: boolean;
                        /**
                         * Format: uuid
                         * @description UUIDv7
                         */
                        id: string;
                        lastSignInAt: string | null;
                        mfaEnabled: boolean;
                        name: string;
                        organization: {
                            /**
                             * Format: uuid
                             * @description UUIDv7
                             */
                            id: string;
                            /** @enum {unknown} */
                            kind: "partner" | "customer";
                            name: string;
                            slug: string;
                        };
                        /** @enum {unknown} */
                        role: "admin" | "member";
                        /**
                         * @description invited: the invitation was not accepted yet
                         * @enum {unknown}
                         */
                        status: "active" | "invited" | "disabled";
                    };
                };
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mailSsoLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UUIDv7 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
