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
        /** How an address signs in, judged by its domain alone */
        get: operations["getSignInOptions"];
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
        /** Change settings; null follows the partner again, and at the partner the defaults */
        patch: operations["updateSettings"];
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457 problem details */
        Problem: {
            code: "invalid_request" | "unauthenticated" | "invalid_credentials" | "invalid_code" | "challenge_expired" | "session_expired" | "refresh_token_reused" | "forbidden" | "cross_site_request" | "local_sign_in_disabled" | "not_found" | "mfa_already_enabled" | "mfa_not_enabled" | "mfa_requires_local_password" | "no_local_password" | "no_pending_enrollment" | "email_taken" | "slug_taken" | "use_own_settings" | "last_admin" | "no_working_sso" | "not_invited" | "invalid_token" | "precondition_failed" | "body_too_large" | "unsupported_media_type" | "weak_password" | "invalid_status" | "cannot_enable_mfa_for_user" | "invalid_organization" | "too_many_attempts" | "internal_error" | "overloaded" | "unavailable";
            /** @description what happened and what to do */
            detail?: string;
            errors?: {
                message: string;
                /** @description RFC 6901 */
                pointer: string;
            }[];
            requestId: string;
            status: number;
            title: string;
            /** @description URI reference of the kind of problem */
            type: string;
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
                action?: "session.signed_in" | "session.sign_in_failed" | "session.second_factor_failed" | "session.signed_out" | "session.revoked" | "session.refresh_token_reused" | "backup_code.used" | "mfa.enrollment_started" | "mfa.enabled" | "mfa.disabled" | "mfa.backup_codes_regenerated" | "mfa.reset" | "mfa.attempt_failed" | "password.changed" | "password.change_failed" | "password.reset_requested" | "password.reset" | "invitation.sent" | "invitation.accepted" | "user.created" | "user.updated" | "organization.created" | "organization.updated" | "settings.updated" | "local_sign_in.enabled" | "keys.rotated" | "seed.applied" | "users.imported";
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
                            action: "session.signed_in" | "session.sign_in_failed" | "session.second_factor_failed" | "session.signed_out" | "session.revoked" | "session.refresh_token_reused" | "backup_code.used" | "mfa.enrollment_started" | "mfa.enabled" | "mfa.disabled" | "mfa.backup_codes_regenerated" | "mfa.reset" | "mfa.attempt_failed" | "password.changed" | "password.change_failed" | "password.reset_requested" | "password.reset" | "invitation.sent" | "invitation.accepted" | "user.created" | "user.updated" | "organization.created" | "organization.updated" | "settings.updated" | "local_sign_in.enabled" | "keys.rotated" | "seed.applied" | "users.imported";
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
                                reason?: "mfa_requires_local_password" | "mfa_already_enabled";
                            };
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
                            /** @enum {unknown} */
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
                                reason?: "mfa_requires_local_password" | "mfa_already_enabled";
                            };
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
                            /** @enum {unknown} */
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
            query: {
                /** @description email address */
                email: string;
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
                            reason?: "mfa_requires_local_password" | "mfa_already_enabled";
                        };
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
                        /** @enum {unknown} */
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
                            reason?: "mfa_requires_local_password" | "mfa_already_enabled";
                        };
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
                        /** @enum {unknown} */
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
                        reason?: "mfa_requires_local_password" | "mfa_already_enabled";
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
                        /** @description PNG data URL of otpauthUri */
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
                            /** @description in code points */
                            minimumPasswordLength: number;
                            /** @description a session ends when it was not used for this long */
                            sessionIdleMinutes: number;
                            /** @description from sign-in to the end of a session, used or not */
                            sessionLifetimeMinutes: number;
                        };
                        /** @description whether users may sign in with a password */
                        localSignInEnabled: boolean;
                        /** @description in code points */
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
                            /** @description in code points */
                            minimumPasswordLength: number;
                            /** @description a session ends when it was not used for this long */
                            sessionIdleMinutes: number;
                            /** @description from sign-in to the end of a session, used or not */
                            sessionLifetimeMinutes: number;
                        };
                        /** @description whether users may sign in with a password */
                        localSignInEnabled: boolean;
                        /** @description in code points */
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
    getProblem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: "invalid_request" | "unauthenticated" | "invalid_credentials" | "invalid_code" | "challenge_expired" | "session_expired" | "refresh_token_reused" | "forbidden" | "cross_site_request" | "local_sign_in_disabled" | "not_found" | "mfa_already_enabled" | "mfa_not_enabled" | "mfa_requires_local_password" | "no_local_password" | "no_pending_enrollment" | "email_taken" | "slug_taken" | "use_own_settings" | "last_admin" | "no_working_sso" | "not_invited" | "invalid_token" | "precondition_failed" | "body_too_large" | "unsupported_media_type" | "weak_password" | "invalid_status" | "cannot_enable_mfa_for_user" | "invalid_organization" | "too_many_attempts" | "internal_error" | "overloaded" | "unavailable";
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
}
