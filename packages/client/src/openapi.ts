// Made from the OpenAPI document by `pnpm generate:client`. Do not edit.

export interface paths {
    "/api/v1/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened in the organizations of the signed-in admin, newest first
         * @description The log is append-only. Filters may be put together; times are compared with `occurredAt`.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-events/{id}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The proof that an event is in the sealed log
         * @description Inclusion as in RFC 9162 section 2.1.3, against the newest head. The leaf is the hash (section 2.1.1) of the event as the list answers it, as canonical JSON (RFC 8785), but with hashes in the place of what it says of users, as `personal` tells, so that it can be made after a user was erased too; `verifyAuditProof` of the typed client checks all of it. Events are sealed about a second after they happened; before that it is 409 `not_sealed_yet`.
         */
        get: operations["proveAuditEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The keys that sign the heads of the audit log, newest first
         * @description A JSON Web Key Set (RFC 7517), with the keys of before for as long as the log is kept. Keep it elsewhere: proofs are worth as much as the way on which the keys came.
         */
        get: operations["listAuditKeys"];
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
        /**
         * Whom an invitation is for
         * @description For the page that asks for the first password. The token is in the body, so that no log holds it.
         */
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
        /**
         * Accept an invitation by choosing a password
         * @description The user can sign in afterwards; no session begins here.
         */
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
         * @description Sets the session cookies, or, where MFA is on, the challenge cookie for the second step. A browser that is remembered for the user is not asked for it: its session is of one factor (`aal` 1), and what needs a fresh proof asks for both. Where MFA is required, there is none and the grace is over, the session opens the enrollment and nothing else. An unknown address, a wrong password, a disabled user and one without a password get the same answer in the same time.
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
        /**
         * Complete the sign-in with a TOTP, a backup code or a passkey
         * @description Needs the challenge cookie that the password step set: five minutes, five attempts, one use. Sets the session cookies. A backup code may be typed in any case, with spaces or hyphens. `passkey` takes `response`, what the browser gave for `POST /auth/login/mfa/passkey-options`; the others take `code`. With `rememberDevice`, where `rememberDeviceDays` offered it, this browser is not asked for the second step again for so many days; a backup code remembers nothing. Where the organization asks for passkeys, a code leads, once the grace is over, into a session that opens nothing before a passkey is added; of a user who has one, backup codes alone do.
         */
        post: operations["verifySecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login/mfa/passkey-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a passkey at the second step
         * @description Needs the challenge cookie that the password step set. What the browser asks the authenticator with: each answer is taken once. 404 for a user without a passkey.
         */
        post: operations["askForPasskeyAtSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say at the second step that every second factor and backup code is lost
         * @description Needs the challenge cookie that the first step set. One answer whether or not the user has a recovery address; where it has, a link is mailed to it that works for one hour, once. No more than three in an hour are. 403 `recovery_disabled` where the organization allows none; an admin resets the second factor then.
         */
        post: operations["askForRecovery"];
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
        /**
         * End the session, if there is one
         * @description Takes the cookies away. The answer is the same without a session.
         */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa-reset/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a reset of the second factor was not asked for
         * @description With the token of the mail that told of the reset. A reset that waits is stopped; one that took place stands. Every session of the user ends and the admins are alerted.
         */
        post: operations["disputeMfaReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a passkey alone
         * @description Takes what the browser gave for `POST /auth/passkey/options`, once, and sets the session cookies: the session has `method` `passkey` and is one of two factors. A passkey of nobody, an answer that is wrong, too old or was used, and a disabled user get the same answer. Whether the organization of the user lets passkeys sign in by themselves is told only to whoever has one.
         */
        post: operations["signInWithPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a passkey in the place of email and password
         * @description What the browser asks for a passkey with that it finds by itself and that verifies its user; for a button, or to offer passkeys where the address is typed. Sets a cookie that binds the answer to this browser, for five minutes. 403 where no organization lets passkeys sign in by themselves.
         */
        post: operations["askForAnyPasskey"];
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
         * @description One answer whether or not there is such an account. The link works for one hour, once.
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
        /**
         * Set a new password with the mailed token; MFA stays as it is
         * @description Every session of the user ends. The token is what the mailed link holds; 410 `invalid_token` once it was used or is too old.
         */
        post: operations["confirmPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a reset of the second factor with the token that was mailed to the recovery address
         * @description The reset waits until `dueAt`: the user, at the address of the account, and the admins are told at once, and each can stop it. When it takes place every session ends, and a pass is mailed to the recovery address, without which nobody sets up a second factor. 409 `reset_waits` where one waits already.
         */
        post: operations["beginRecovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/recovery-address/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a recovery address with the token that was mailed to it
         * @description In any browser, signed in or not. 410 `invalid_token` once it was used, is too old, or the address gone.
         */
        post: operations["confirmRecoveryAddress"];
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
        /**
         * Exchange the refresh cookie for new cookies
         * @description Call it once after a 401 `unauthenticated`, then try again. Every use gives a new refresh cookie; the one before works ten seconds more, for parallel tabs. Later it is taken for stolen, and the whole session ends.
         */
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
        /**
         * How an address signs in, judged by its domain alone; or how an organization does
         * @description What a sign-in page shows: the password fields, the buttons of single sign-on, or both. Says nothing of whether an account exists.
         */
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
        /**
         * Where the page of a SAML provider posts its response to (assertion consumer service)
         * @description The response must be signed by the certificates of the connection and answer an attempt of this service, unless the connection allows sign-ins that begin at the provider.
         */
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
        /**
         * Where an OIDC provider sends the browser back to
         * @description For browsers alone: state, nonce and code are checked against the attempt that this browser began. It ends signed in, on the second step, or on `/sign-in?error=CODE&requestId=…`.
         */
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
        /**
         * SAML metadata of this service, for the provider
         * @description To load at the provider: entity id, ACS address and the certificate that requests are signed with.
         */
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
        /**
         * Where the browser takes up the result that the ACS verified
         * @description The page of another site that posts to the ACS brings no cookies; this step, on our own site, does.
         */
        get: operations["completeSso"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove again that it is you, for fifteen minutes
         * @description What changes the access of others answers 401 `reauthentication_required` when the last proof is older than fifteen minutes; the sign-in is the first. Takes the current password and, where MFA is on, a code or, in `response`, the answer of a passkey; without `method` the form of the code tells which. A session that had not passed the second factor gets new cookies. Who has no password that counts signs in anew at the provider, as `next` says.
         */
        post: operations["stepUp"];
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
        /**
         * The signed-in user
         * @description Who is signed in, with rights, organization, and how the session began. 401 `unauthenticated` means: refresh, or sign in.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the own profile
         * @description The name is what others see; address and rights are changed by an admin.
         */
        patch: operations["updateMe"];
        trace?: never;
    };
    "/api/v1/me/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The browsers that are not asked for the second step
         * @description Those that were remembered with `rememberDevice` at `POST /auth/login/mfa`, until their days are over or a change of the password or of a second factor ends all of them. Used last first.
         */
        get: operations["listDevices"];
        put?: never;
        post?: never;
        /**
         * Forget every remembered browser
         * @description Each is asked for the second step at its next sign-in, and the sessions that began there end, but for this one.
         */
        delete: operations["forgetDevices"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Forget one remembered browser
         * @description It is asked for the second step at its next sign-in, and the sessions that began there end, but for this one.
         */
        delete: operations["forgetDevice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the signed-in user did and what happened to it, newest first
         * @description For a page on which users look over their own account. Who else did something to the account is not named. What was not the user is reported with `POST /me/not-me`.
         */
        get: operations["listOwnEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is kept of the signed-in user
         * @description Needs a fresh proof, as the answer is worth stealing.
         */
        get: operations["exportMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The accounts at identity providers that the signed-in user comes in with, and where it could link one
         * @description `removable` is false for the last way in.
         */
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
         * @description Password, and where MFA is on a code or a passkey, prove the user. It ends on `returnTo`, with `?linked=<connection>`, or with `?error=<code>&requestId=`.
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
        /**
         * Unlink an account at a provider; it must not be the last way in
         * @description Sessions that began through it end. The last way in is refused with 409 `last_way_in`.
         */
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
        /**
         * MFA of the signed-in user
         * @description Whether it is on, whether this user can turn it on and if not why, whether the organization requires it and from when, the factors, and how many backup codes are left.
         */
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
        /**
         * Replace the backup codes
         * @description Answers with ten new ones, which are shown this once; the old ones are dead.
         */
        post: operations["regenerateBackupCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/backup-codes/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check whether a backup code is good, without spending it
         * @description Answers 200 for an unspent code of the user. Else 401 `invalid_code`, with the reason `already_used` for a spent one and `wrong` for any other. It is counted and limited as the check of the authenticator app is, and stands in the audit log.
         */
        post: operations["checkBackupCode"];
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
        /**
         * Turn MFA off with the current password and a TOTP or backup code, or a passkey
         * @description Takes away every factor and the backup codes, ends every other session and mails the user.
         */
        post: operations["disableMfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/passkey-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a passkey as second factor before a change
         * @description What the browser asks the authenticator with; its answer is `response` of the call that changes something. 404 for a user without a passkey.
         */
        post: operations["askForPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add the passkey that answered
         * @description The first factor turns MFA on: ten backup codes come with it, which are shown this once, this session becomes one of two factors, with new cookies, and every other session of the user ends. Where the organization takes certain models only (`passkeyModels`), `detail` of `passkey_not_allowed` names them.
         */
        post: operations["addPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Give a passkey another name
         * @description The name is for its owner alone.
         */
        patch: operations["renamePasskey"];
        trace?: never;
    };
    "/api/v1/me/mfa/passkeys/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove a passkey
         * @description Asks for the password, and for a code, or the answer of a passkey, of the user. Every other session ends, and the user is mailed. The last factor takes the backup codes with it: MFA is off then.
         */
        post: operations["removePasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add a passkey or security key
         * @description Gives what the browser asks the authenticator with. It is valid for five minutes, in this session, and replaces one that was begun before; nothing changes until the passkey has answered. Where MFA is on the session must have passed it, else a fresh proof is asked for.
         */
        post: operations["startPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Stop the reset of the own second factor that waits
         * @description The admins are told by mail. 409 `no_reset_waits` where none waits.
         */
        delete: operations["stopOwnMfaReset"];
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
        /**
         * Begin the enrollment of an authenticator app
         * @description Gives the secret as text, as `otpauth://` address and as QR code. It is valid for ten minutes, in this session, and replaces one that was begun before; nothing changes until it is confirmed.
         */
        post: operations["startEnrollment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/totp/candidate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to set up the authenticator app of another phone
         * @description Asks for the password, and for a code of the present app or the answer of a passkey; a backup code does too. Gives a secret as an enrollment does, valid for ten minutes in this session; nothing changes until it is confirmed. 404 without an app that it could take over from.
         */
        post: operations["startCandidate"];
        /**
         * Give the new authenticator app up
         * @description The present one stays. 404 where none waits, or it has taken over.
         */
        delete: operations["removeCandidate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/totp/candidate/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep the new authenticator app as candidate, with a code of it
         * @description The present app goes on working. The first sign-in with a code of the new one makes it take over: the earlier one is dead then, every other session ends, and no device is remembered; the backup codes stay. A candidate is kept for seven days, one at a time, and its codes are refused everywhere but at a sign-in, with the reason `candidate`. The user is mailed, now and then.
         */
        post: operations["confirmCandidate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/totp/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check that the authenticator app is there still, with a code of it
         * @description For whoever signs in without typing a code, by a passkey or at a remembered device: `checkDue` of `GET /me/mfa` says when to ask. The code is spent, and moves `checkDueAt`; nothing else changes. Wrong ones are counted with all others, and are refused (429) from half way to the block on: they never lock the sign-in. 404 without an app.
         */
        post: operations["checkAuthenticator"];
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
        /**
         * Keep the authenticator app, with the current password and a code of it
         * @description The first factor turns MFA on: ten backup codes come with it, which are shown this once, this session becomes one of two factors, with new cookies, and every other session of the user ends. After a reset it may need the pass that the admin was given: 401 `pass_required`; a wrong one counts as a wrong code does.
         */
        post: operations["confirmEnrollment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/mfa/totp/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove the authenticator app
         * @description Asks for the password, and for a code, or the answer of a passkey. Every other session ends, and the user is mailed. The last factor takes the backup codes with it: MFA is off then.
         */
        post: operations["removeAuthenticator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/not-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that something in the account was not oneself
         * @description Every other session ends, no browser is remembered any more, a reset of the second factor that waits is stopped, and the administrators are mailed. It asks for no proof, so that it is quick, and gives nothing back: have the user choose a new password next.
         */
        post: operations["reportNotMe"];
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
         * @description Where MFA is on, `code`, a TOTP or a backup code, or `response` of a passkey is demanded. Wrong ones are counted with those of the sign-in.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/recovery-address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The own recovery address
         * @description By which a user who has lost every second factor asks for a reset without an admin, where the organization allows it.
         */
        get: operations["getRecoveryAddress"];
        put?: never;
        /**
         * Name a recovery address, in the place of an earlier one
         * @description With password and second factor, as every change of factors. It counts once the link that is mailed to it is followed, within 24 hours. The account is told by mail, and what was asked for by an earlier address is stopped. The address goes when MFA goes off, is disabled or reset.
         */
        post: operations["nameRecoveryAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/recovery-address/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove the own recovery address
         * @description With password and second factor. A reset that was asked for by it is stopped.
         */
        post: operations["removeRecoveryAddress"];
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
        /**
         * The live sessions of the signed-in user
         * @description Where the user is signed in: device, address, and when each was used last. Newest first.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * End every session but this one
         * @description Signs out everywhere but here.
         */
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
        /**
         * End one session
         * @description The device is signed out with its next request.
         */
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
        /**
         * The organizations that the signed-in admin manages
         * @description Its own and, for a partner, every customer under it.
         */
        get: operations["listOrganizations"];
        put?: never;
        /**
         * Create a customer of the partner of the signed-in admin
         * @description For admins of a partner who may change things. The slug is in the addresses that people sign in at.
         */
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
        /**
         * One organization
         * @description 404 for one outside those that the admin manages.
         */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change name or slug
         * @description A new slug makes links with the old one dead.
         */
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
        /**
         * The email domains of an organization
         * @description With the DNS record that proves each, and since when it is proved.
         */
        get: operations["listDomains"];
        put?: never;
        /**
         * Claim a domain; it counts once a DNS record proves it
         * @description Nothing comes in by it before it is proved. Public mail providers are refused.
         */
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
        /**
         * Give a domain up; no connection uses it any more
         * @description Refused with 409 `no_working_sso` where it would lock everybody out.
         */
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
        /**
         * Look for the DNS record that proves the domain
         * @description Asks the DNS now. 422 `domain_not_proved` tells what was found instead.
         */
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
        /**
         * Read a SAML provider's metadata, to fill in a connection; nothing is saved
         * @description By the address it is published at, or as text. 422 `invalid_metadata` says what cannot be used.
         */
        post: operations["readSamlMetadata"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}/service-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The service accounts of an organization, newest first
         * @description Without their keys, which nobody can read again. What expired stands here for 30 days more.
         */
        get: operations["listServiceAccounts"];
        put?: never;
        /**
         * Make a service account; the answer shows its key once
         * @description Nobody makes one with more rights than its own. An organization has at most 50. Repeated with its `Idempotency-Key` it makes no second one, and does not show the key again.
         */
        post: operations["createServiceAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}/service-accounts/{accountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a service account
         * @description Its key is refused from the next request on, on every instance.
         */
        delete: operations["revokeServiceAccount"];
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
        /**
         * The settings in force in an organization, and where they come from
         * @description Each value as it is in force, what the organization sets itself, and what it would inherit.
         */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change settings; null follows the partner again, and at the partner the defaults
         * @description Switching local sign-in off mails those whose password is in the way a link to connect their account with. Customers that follow and have no working single sign-on keep their passwords, as a setting of their own. Of `mfaRequired`, `mfaGraceDays`, `mfaPhishingResistant`, `passwordlessEnabled`, `rememberedDeviceDays`, `reenrollmentPass`, `resetDelayHours`, `resetNeedsSecondAdmin` and `passkeyModels` a customer chooses what is stricter than its partner has; the first three count for sessions that are open, too. Fewer days end what was remembered for longer. `passkeyModels` is asked of passkeys that are added from then on; those there are work on.
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
        /**
         * Who could, and who could not, sign in after these changes of settings; changes nothing
         * @description Whom a change would leave without a way to sign in, by name, before it is made, and for whom something becomes otherwise; at a partner among its customers too, which it concerns.
         */
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
        /**
         * The single sign-on connections of an organization
         * @description In every state, with what an admin should look at in `warnings`.
         */
        get: operations["listSsoConnections"];
        put?: never;
        /**
         * Add a connection to an identity provider
         * @description `urls` of the answer are to paste at the provider. It serves once it is enabled and a test or a sign-in proved that it works.
         */
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
        /**
         * One connection; the ETag names its version
         * @description Client secrets are never read back; `hasClientSecret` tells whether there is one.
         */
        get: operations["getSsoConnection"];
        put?: never;
        post?: never;
        /**
         * Remove a connection with its linked identities; the sessions that began through it end
         * @description Refused with 409 `no_working_sso` where it would lock everybody out.
         */
        delete: operations["deleteSsoConnection"];
        options?: never;
        head?: never;
        /**
         * Change a connection; its `config` is replaced whole
         * @description Disabling ends the sessions that began through it. Where somebody came in through it, a changed `config` becomes `pendingChange`: it serves once a test of it succeeds, and until then the old one does. Sent as it serves, it takes the waiting one away.
         */
        patch: operations["updateSsoConnection"];
        trace?: never;
    };
    "/api/v1/organizations/{id}/sso-connections/{connectionId}/pending-change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Discard the change that waits for its test
         * @description The connection stays as it is. 404 where no change waits.
         */
        delete: operations["discardSsoConnectionChange"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{id}/sso-connections/{connectionId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the last try of a connection showed; null when there was none
         * @description What the provider sent, what was wrong with it, and what a sign-in of that person would do.
         */
        get: operations["getSsoTestResult"];
        put?: never;
        /**
         * Try a connection, enabled or not: go to `url`, sign in there, then read the result
         * @description The way through the provider ends on `returnTo`; nobody is signed in by it. Where a change waits, it is the change that is tried. It takes effect, and the sessions that it does not trust any more end, when the account at the provider would be signed in or linked.
         */
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
        /**
         * What a problem code means
         * @description What `type` of a problem points to.
         */
        get: operations["getProblem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/service-account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The service account whose key this is
         * @description What `GET /me` is for users: a program finds out whether its key works, and what for.
         */
        get: operations["getServiceAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A short-lived token for another service
         * @description After RFC 8693: in exchange for the session or the key, a JWT that tells the service named by `audience` who calls it, to be verified by `/.well-known/jwks.json`. It says `sub`, `org`, `kind`, `role` and `access` as they are now, lives five minutes, and opens nothing here. Nothing ends it earlier.
         */
        post: operations["exchangeToken"];
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
        /**
         * The users of the organizations that the signed-in admin manages
         * @description A Customer Admin sees the users of its customer, a Partner Admin those of its partner and of every customer under it. `q` looks in names and addresses. Filters may be put together. In the order of email addresses, unless `sort` asks for another.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create a user; without a password an invitation is mailed
         * @description With a password the user can sign in at once. Nobody grants more than its own rights.
         */
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
        /**
         * One user
         * @description The `ETag` names the version that was read; send it as `If-Match` with a change.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a user; `If-Match` guards against changes in the meantime
         * @description `mfaEnabled: false` takes away authenticator and backup codes, ends every session of the user, and mails the user, with `reason`. Where the setting `reenrollmentPass` is on, the answer carries the pass that the user needs to set one up again. Where `resetDelayHours` or `resetNeedsSecondAdmin` ask for it, nothing is taken away yet: the answer carries `pendingReset`, user and admins are mailed, and 409 `reset_waits` answers who asks again. Disabling ends the sessions too. An admin resets its own MFA in its own settings.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/v1/users/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a user for good
         * @description The user goes with credentials, second factors, sessions and linked accounts; waiting mails to it are taken back, and one tells of the erasure. What the audit log says of the user cannot be read any more; the events stay and are verified as before. Nobody erases oneself or the last admin.
         */
        post: operations["eraseUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is kept of a user
         * @description For admins who may change the user, with a fresh proof. That it was asked for is in the audit log. Of audit events that others had a part in it holds what concerns the user alone.
         */
        get: operations["exportUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The accounts at identity providers that a user comes in with
         * @description As the provider named them last.
         */
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
        /**
         * Unlink an account of a user, for one that got another account at the provider
         * @description The next sign-in through the provider links anew, by the rules of the first.
         */
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
        /**
         * Send the invitation again; links sent before are dead
         * @description For a user whose status is `invited`; else 409 `not_invited`.
         */
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
    "/api/v1/users/{id}/mfa-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Stop the reset of a second factor that waits
         * @description By any admin who may change the user. The user is told by mail. 409 `no_reset_waits` where none waits.
         */
        delete: operations["stopMfaReset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/mfa-reset/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve the reset of a second factor that another admin asked for
         * @description By neither the admin who asked nor the user. Where its time is over it takes place at once, and the answer is as that of a reset; else it takes place at `dueAt`. `If-Match` makes sure that it is the one that was shown. 409 `no_reset_waits` where none waits for approval.
         */
        post: operations["approveMfaReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/reenrollment-pass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give another re-enrollment pass, when the first was lost or is too old
         * @description The one given before is dead. 409 `no_pass_awaited` for a user whom no reset left with a pass to show. Nobody gives one to itself.
         */
        post: operations["issueReenrollmentPass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/security": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What helps a user who cannot sign in, without any secret
         * @description Which factors are set up and when they were last used, how many backup codes are left, what the organization requires, what failed within a day and until when nothing is judged, and how much access is open.
         */
        get: operations["getUserSecurity"];
        put?: never;
        post?: never;
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
        /** @enum {string} */
        Access: "read_write" | "read_only";
        AddedPasskey: {
            backupCodes?: string[];
            factor: components["schemas"]["Factor"];
        };
        /**
         * @description authenticator assurance level
         * @enum {integer}
         */
        AssuranceLevel: 1 | 2;
        AuditEvent: {
            /** @enum {string} */
            action: "session.signed_in" | "session.sign_in_failed" | "session.second_factor_failed" | "session.stepped_up" | "session.step_up_failed" | "session.signed_out" | "session.revoked" | "session.refresh_token_reused" | "device.remembered" | "device.forgotten" | "backup_code.used" | "backup_code.checked" | "mfa.enrollment_started" | "mfa.app_checked" | "mfa.candidate_added" | "mfa.candidate_removed" | "mfa.enabled" | "mfa.disabled" | "mfa.backup_codes_regenerated" | "mfa.reset" | "mfa.reset_requested" | "mfa.reset_approved" | "mfa.reset_stopped" | "mfa.reset_expired" | "mfa.reset_disputed" | "mfa.pass_issued" | "mfa.recovery_asked" | "mfa.attempt_failed" | "mfa.locked" | "factor.added" | "factor.renamed" | "factor.replaced" | "factor.removed" | "passkey.counter_went_back" | "recovery_address.added" | "recovery_address.confirmed" | "recovery_address.removed" | "password.changed" | "password.change_failed" | "password.reset_requested" | "password.reset" | "password.removed" | "account.disputed" | "invitation.sent" | "invitation.accepted" | "user.created" | "user.updated" | "user.unlocked" | "user.exported" | "user.erased" | "organization.created" | "organization.updated" | "organization.removed" | "settings.updated" | "local_sign_in.enabled" | "sso.sign_in_failed" | "sso.connection_created" | "sso.connection_updated" | "sso.connection_deleted" | "sso.connection_tested" | "sso.change_staged" | "sso.change_applied" | "sso.change_discarded" | "identity.linked" | "identity.link_failed" | "identity.link_mailed" | "identity.unlinked" | "domain.added" | "domain.verified" | "domain.removed" | "domain.lapsed" | "domain.kept" | "user.provisioned" | "service_account.created" | "service_account.revoked" | "service_account.refused" | "audit.dropped" | "audit.expired" | "keys.rotated" | "keys.signing_rotated" | "seed.applied" | "users.imported";
            /** @description who did it */
            actor: components["schemas"]["AuditParty"] | null;
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
            /** @enum {string} */
            outcome: "success" | "failure";
            requestId: string | null;
            /** @description in the order of recording, with gaps */
            sequence: number;
            /** @description whom it happened to */
            subject: components["schemas"]["AuditParty"] | null;
            userAgent: string | null;
        };
        AuditEventPage: {
            items: components["schemas"]["AuditEvent"][];
            /** @description `cursor` of the next page; null on the last */
            nextCursor: string | null;
        };
        /** @description the signed state of the whole log, to be kept elsewhere */
        AuditHead: {
            /** @description `kid` of the key in `GET /audit-keys` */
            keyId: string;
            /** @description SHA-256, hex */
            rootHash: string;
            /** Format: date-time */
            sealedAt: string;
            /** @description Ed25519 over TreeHeadDataV2 of RFC 9162 section 4.10 without extensions, base64url */
            signature: string;
            /** @description events in the log */
            treeSize: number;
        };
        /** @description JSON Web Key (RFC 8037) */
        AuditKey: {
            /** @enum {string} */
            alg: "EdDSA";
            /** @enum {string} */
            crv: "Ed25519";
            /** @description RFC 7638 thumbprint */
            kid: string;
            /** @enum {string} */
            kty: "OKP";
            /** @enum {string} */
            use: "sig";
            /** @description public key, base64url */
            x: string;
        };
        AuditKeySet: {
            keys: components["schemas"]["AuditKey"][];
        };
        AuditParty: {
            /**
             * @description the user was erased, and what the log said of it; the id is left
             * @enum {boolean}
             */
            erased?: true;
            id: string | null;
            /** @description email address, or the name of an operator command, as it was at that moment; empty where erased */
            name: string;
        };
        AuditProof: {
            /** @description the hashes that lead from the leaf to the root, the lowest first */
            auditPath: string[];
            head: components["schemas"]["AuditHead"];
            /** @description the leaf of an event of an earlier version, whose clear text was erased since */
            keptLeaf?: string;
            /** @description the place of the event in the log, from 0 */
            leafIndex: number;
            /** @description what stands in the leaf for what the event says of users: SHA-256 over a salt and the text */
            personal?: {
                actor?: {
                    /** @description names of the details that are hashed here */
                    details: string[];
                    /** @description SHA-256, hex */
                    digest: string;
                    salt: string | null;
                };
                subject?: {
                    /** @description names of the details that are hashed here */
                    details: string[];
                    /** @description SHA-256, hex */
                    digest: string;
                    salt: string | null;
                };
            };
            /** @description that of the head */
            treeSize: number;
        };
        /** @description signed in */
        Authenticated: {
            /** @enum {string} */
            status: "authenticated";
            user: components["schemas"]["CurrentUser"];
        };
        BackupCodes: {
            /** @description each signs in once */
            backupCodes: string[];
        };
        BegunRecovery: {
            /**
             * Format: date-time
             * @description when it takes place
             */
            dueAt: string;
        };
        /** @description the authenticator app that takes the place of the present one with the first sign-in by a code of it; until then the present one works */
        CandidateApp: {
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description when it is gone without having taken over
             */
            expiresAt: string;
        };
        CheckedAuthenticator: {
            checkDueAt: string | null;
        };
        CheckedBackupCode: {
            /** @description unspent ones, this one included */
            backupCodesRemaining: number;
        };
        ConfirmedEnrollment: {
            /** @description ten with the first factor, each of which signs in once; none with another one */
            backupCodes: string[];
        };
        CreatedServiceAccount: {
            access: components["schemas"]["Access"];
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            /** @description shown this once; the last eight digits are the CRC-32 of the 64 before */
            key: string;
            lastUsedAt: string | null;
            /** @description the admin who made it and answers for it; the account never has more rights than that admin */
            maker: {
                email: string;
                /**
                 * Format: uuid
                 * @description UUIDv7
                 */
                id: string;
            };
            name: string;
            role: components["schemas"]["Role"];
            state: components["schemas"]["ServiceAccountState"];
        };
        CurrentUser: {
            access: components["schemas"]["Access"];
            email: string;
            /** @description false for a user who signs in through SSO only */
            hasPassword: boolean;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            mfa: {
                /** @description whether it can be turned on */
                canEnroll: boolean;
                enabled: boolean;
                /** @description whether this session opens nothing before a second factor, or a passkey where only that does, is set up: all else answers 403 `mfa_enrollment_required` */
                mustEnroll: boolean;
                policy: components["schemas"]["MfaPolicy"];
                /**
                 * @description why it cannot be turned on
                 * @enum {string}
                 */
                reason?: "mfa_requires_local_password" | "mfa_already_enabled" | "local_sign_in_disabled";
            };
            /** @description of new passwords, in code points */
            minimumPasswordLength: number;
            name: string;
            organization: components["schemas"]["OrganizationOfUser"];
            role: components["schemas"]["Role"];
            session: {
                aal: components["schemas"]["AssuranceLevel"];
                /**
                 * Format: uuid
                 * @description UUIDv7
                 */
                id: string;
                method: components["schemas"]["SessionMethod"];
                /** @description whether a passkey proved the user in the session */
                phishingResistant: boolean;
            };
            status: components["schemas"]["UserStatus"];
        };
        Domain: {
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
        DomainList: {
            items: components["schemas"]["Domain"][];
        };
        Enrollment: {
            /** Format: date-time */
            expiresAt: string;
            /** @description Key URI format */
            otpauthUri: string;
            /** @description data URL of a picture (SVG) of otpauthUri */
            qrCode: string;
            /** @description base32 without padding, 160 bits */
            secret: string;
        };
        /** @description signed in, to set up a second factor and nothing else: whatever is asked for before answers 403 `mfa_enrollment_required` */
        EnrollmentRequired: {
            /**
             * Format: date-time
             * @description when the session ends
             */
            expiresAt: string;
            /** @enum {string} */
            status: "enrollment_required";
            user: components["schemas"]["CurrentUser"];
        };
        ExchangedToken: {
            /** @description JWT (RFC 9068) */
            accessToken: string;
            /** @description seconds */
            expiresIn: number;
            /** @enum {string} */
            issuedTokenType: "urn:ietf:params:oauth:token-type:access_token";
            /** @enum {string} */
            tokenType: "Bearer";
        };
        Factor: {
            /** Format: date-time */
            createdAt: string;
            discoverable?: boolean | null;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            /** @enum {string} */
            kind: "totp" | "passkey";
            lastUsedAt: string | null;
            name: string;
        };
        FailedAttempts: {
            blockedUntil: string | null;
            /** @description within a day from the first of them */
            failures: number;
        };
        /** @description what is wrong with one place of the request */
        Fault: {
            message: string;
            /** @description RFC 6901 */
            pointer: string;
        };
        Invitation: {
            email: string;
            /** @description of new passwords, in code points */
            minimumPasswordLength: number;
            name: string;
            organizationName: string;
        };
        IssuedReenrollmentPass: {
            /** @description where the organization asks for it: the pass without which the user sets up no second factor. Shown this once, to be read out; taken for seven days */
            reenrollmentPass: string;
        };
        LinkedIdentity: {
            connection: {
                /**
                 * Format: uuid
                 * @description UUIDv7
                 */
                id: string;
                kind: components["schemas"]["SsoKind"];
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
        };
        LinkedIdentityList: {
            items: components["schemas"]["LinkedIdentity"][];
            linkable: {
                /**
                 * Format: uuid
                 * @description UUIDv7
                 */
                id: string;
                kind: components["schemas"]["SsoKind"];
                name: string;
            }[];
        };
        LinkedIdentityOfUser: {
            connection: {
                /**
                 * Format: uuid
                 * @description UUIDv7
                 */
                id: string;
                kind: components["schemas"]["SsoKind"];
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
        };
        LinkedIdentityOfUserList: {
            items: components["schemas"]["LinkedIdentityOfUser"][];
        };
        MailedLink: {
            /** @description whether a code of the second factor is asked for */
            codeRequired: boolean;
            connections: {
                /**
                 * Format: uuid
                 * @description UUIDv7
                 */
                id: string;
                kind: components["schemas"]["SsoKind"];
                name: string;
            }[];
            email: string;
            name: string;
            organizationName: string;
        };
        /** @description what the organization, or its partner, asks for */
        MfaPolicy: {
            /** @description name of the organization that requires it */
            askedBy?: string;
            /**
             * Format: date-time
             * @description until when the user comes in without
             */
            graceEndsAt?: string;
            /** @description whether only a passkey or security key does */
            phishingResistant: boolean;
            /** @description of this user, at a sign-in with the password */
            required: boolean;
        };
        /** @description the password was right, one of the methods is asked for */
        MfaRequired: {
            /** Format: date-time */
            expiresAt: string;
            methods: components["schemas"]["SecondFactorMethod"][];
            /** @description there where the organization lets users recover without an admin, whether or not this one has a recovery address: how many hours the reset waits that `POST /auth/login/recovery` leads to */
            recoveryDelayHours?: number;
            /** @description for how many days `rememberDevice` would spare this browser the second step; absent where it cannot */
            rememberDeviceDays?: number;
            /** @enum {string} */
            status: "mfa_required";
        };
        MfaState: {
            backupCodesRemaining?: number;
            candidate?: components["schemas"]["CandidateApp"];
            /** @description whether it can be turned on */
            canEnroll: boolean;
            /** @description whether that time has come, by the clock of the service */
            checkDue: boolean;
            checkDueAt: string | null;
            enabled: boolean;
            /** Format: date-time */
            enrolledAt?: string;
            /** @description one of them is shown at each sign-in, or a backup code */
            factors: components["schemas"]["Factor"][];
            /** @description whether this session opens nothing before a second factor, or a passkey where only that does, is set up: all else answers 403 `mfa_enrollment_required` */
            mustEnroll: boolean;
            /** @description there where the first factor needs a re-enrollment pass, after a reset */
            passRequired?: boolean;
            pendingReset?: components["schemas"]["OwnPendingReset"];
            policy: components["schemas"]["MfaPolicy"];
            /**
             * @description why it cannot be turned on
             * @enum {string}
             */
            reason?: "mfa_requires_local_password" | "mfa_already_enabled" | "local_sign_in_disabled";
        };
        NewOrganization: {
            name: string;
            /** @description 1 to 63 lower-case letters, digits and inner hyphens; unique */
            slug: string;
        };
        NewServiceAccount: {
            access: components["schemas"]["Access"];
            expiresAt?: string | null;
            /** @description what the program is for; it stands in the audit log */
            name: string;
            role: components["schemas"]["Role"];
        };
        NewSsoConnection: components["schemas"]["NewSsoConnectionEntra"] | components["schemas"]["NewSsoConnectionGoogle"] | components["schemas"]["NewSsoConnectionOidc"] | components["schemas"]["NewSsoConnectionSaml"];
        NewSsoConnectionEntra: {
            config: {
                /** @default false */
                allowGuests: boolean;
                /**
                 * @description also takes accounts of Microsoft's tenant for personal accounts
                 * @default false
                 */
                allowPersonalAccounts: boolean;
                clientId: string;
                /** @description never read back; left out in a change it stays, null takes it away */
                clientSecret?: string | null;
                /** @description the directories whose users may come in */
                tenantIds: string[];
            };
            /** @description domains of the organization whose addresses come in here; each counts once it is verified */
            domains?: string[];
            /** @default false */
            enabled: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "entra";
            /**
             * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
             * @enum {string}
             */
            mfaPolicy?: "trust_provider" | "require_local";
            name: string;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {string}
             */
            provisioning?: "invite_only" | "jit";
        };
        NewSsoConnectionGoogle: {
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
            enabled: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "google";
            /**
             * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
             * @enum {string}
             */
            mfaPolicy?: "trust_provider" | "require_local";
            name: string;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {string}
             */
            provisioning?: "invite_only" | "jit";
        };
        NewSsoConnectionOidc: {
            config: {
                /**
                 * @default client_secret_basic
                 * @enum {string}
                 */
                clientAuthentication: "client_secret_basic" | "client_secret_post" | "none";
                clientId: string;
                /** @description never read back; left out in a change it stays, null takes it away */
                clientSecret?: string | null;
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
                 * @enum {string}
                 */
                signingAlgorithm: "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA";
            };
            /** @description domains of the organization whose addresses come in here; each counts once it is verified */
            domains?: string[];
            /** @default false */
            enabled: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "oidc";
            /**
             * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
             * @enum {string}
             */
            mfaPolicy?: "trust_provider" | "require_local";
            name: string;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {string}
             */
            provisioning?: "invite_only" | "jit";
        };
        NewSsoConnectionSaml: {
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
                /** @enum {string} */
                requestNameIdFormat?: "persistent" | "email_address";
                /** @description on unless switched off */
                signRequests?: boolean;
                /** @description SingleSignOnService with the HTTP-Redirect binding */
                ssoUrl: string;
                /** @description what identifies a person; an `email_address` has to be of a verified domain, an attribute immutable and never given to somebody else */
                subject: {
                    /** @enum {string} */
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
            enabled: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "saml";
            /**
             * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
             * @enum {string}
             */
            mfaPolicy?: "trust_provider" | "require_local";
            name: string;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {string}
             */
            provisioning?: "invite_only" | "jit";
        };
        NewUser: {
            access: components["schemas"]["Access"];
            /** @description email address */
            email: string;
            name: string;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            organizationId: string;
            password?: string;
            role: components["schemas"]["Role"];
        };
        NotMeReport: {
            /** @description whether a reset of the second factor waited */
            resetStopped: boolean;
            /** @description of other devices */
            sessionsEnded: number;
        };
        Organization: {
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            kind: components["schemas"]["OrganizationKind"];
            name: string;
            partnerId: string | null;
            /** @description 1 to 63 lower-case letters, digits and inner hyphens; unique */
            slug: string;
        };
        OrganizationChanges: {
            name?: string;
            /** @description 1 to 63 lower-case letters, digits and inner hyphens; unique */
            slug?: string;
        };
        /** @enum {string} */
        OrganizationKind: "partner" | "customer";
        OrganizationOfUser: {
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            kind: components["schemas"]["OrganizationKind"];
            name: string;
            slug: string;
        };
        OrganizationPage: {
            items: components["schemas"]["Organization"][];
            /** @description `cursor` of the next page; null on the last */
            nextCursor: string | null;
        };
        /** @description an event of the audit log, as far as it concerns the user */
        OwnEvent: {
            /** @enum {string} */
            action: "session.signed_in" | "session.sign_in_failed" | "session.second_factor_failed" | "session.stepped_up" | "session.step_up_failed" | "session.signed_out" | "session.revoked" | "session.refresh_token_reused" | "device.remembered" | "device.forgotten" | "backup_code.used" | "backup_code.checked" | "mfa.enrollment_started" | "mfa.app_checked" | "mfa.candidate_added" | "mfa.candidate_removed" | "mfa.enabled" | "mfa.disabled" | "mfa.backup_codes_regenerated" | "mfa.reset" | "mfa.reset_requested" | "mfa.reset_approved" | "mfa.reset_stopped" | "mfa.reset_expired" | "mfa.reset_disputed" | "mfa.pass_issued" | "mfa.recovery_asked" | "mfa.attempt_failed" | "mfa.locked" | "factor.added" | "factor.renamed" | "factor.replaced" | "factor.removed" | "passkey.counter_went_back" | "recovery_address.added" | "recovery_address.confirmed" | "recovery_address.removed" | "password.changed" | "password.change_failed" | "password.reset_requested" | "password.reset" | "password.removed" | "account.disputed" | "invitation.sent" | "invitation.accepted" | "user.created" | "user.updated" | "user.unlocked" | "user.exported" | "user.erased" | "organization.created" | "organization.updated" | "organization.removed" | "settings.updated" | "local_sign_in.enabled" | "sso.sign_in_failed" | "sso.connection_created" | "sso.connection_updated" | "sso.connection_deleted" | "sso.connection_tested" | "sso.change_staged" | "sso.change_applied" | "sso.change_discarded" | "identity.linked" | "identity.link_failed" | "identity.link_mailed" | "identity.unlinked" | "domain.added" | "domain.verified" | "domain.removed" | "domain.lapsed" | "domain.kept" | "user.provisioned" | "service_account.created" | "service_account.revoked" | "service_account.refused" | "audit.dropped" | "audit.expired" | "keys.rotated" | "keys.signing_rotated" | "seed.applied" | "users.imported";
            address?: string | null;
            details?: {
                [key: string]: unknown;
            };
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            /** @description whether the user did it */
            isActor: boolean;
            /** @description whether it happened to the user */
            isSubject: boolean;
            /** @description the own email address, as it was at that moment */
            name?: string;
            /** Format: date-time */
            occurredAt: string;
            /** @enum {string} */
            outcome: "success" | "failure";
            requestId?: string | null;
            userAgent?: string | null;
        };
        OwnEventPage: {
            items: components["schemas"]["OwnEvent"][];
            /** @description `cursor` of the next page; null on the last */
            nextCursor: string | null;
        };
        /** @description there while a reset of the second factor waits that an admin asked for, or the user by its recovery address: `DELETE /me/mfa/reset` stops it */
        OwnPendingReset: {
            /**
             * Format: date-time
             * @description when it takes place at the earliest
             */
            dueAt: string;
            /** @description whether another admin has to approve it still */
            needsSecondAdmin: boolean;
            reason?: string;
            /** @description there where it was asked for by the recovery address */
            recovery?: boolean;
            /** Format: date-time */
            requestedAt: string;
        };
        OwnServiceAccount: {
            access: components["schemas"]["Access"];
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            name: string;
            organization: components["schemas"]["OrganizationOfUser"];
            role: components["schemas"]["Role"];
        };
        /** @description `toJSON()` of what `navigator.credentials.get` gave */
        PasskeyAnswer: {
            id: string;
            rawId: string;
            response: {
                authenticatorData: string;
                clientDataJSON: string;
                signature: string;
                userHandle?: string | null;
            };
            /** @enum {string} */
            type: "public-key";
        };
        /** @description `toJSON()` of what `navigator.credentials.create` gave */
        PasskeyCreationAnswer: {
            clientExtensionResults?: {
                credProps?: {
                    rk?: boolean;
                };
            };
            id: string;
            rawId: string;
            response: {
                attestationObject: string;
                clientDataJSON: string;
                transports?: string[];
            };
            /** @enum {string} */
            type: "public-key";
        };
        /** @description for `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create` */
        PasskeyCreationOptions: {
            attestation: string;
            authenticatorSelection: {
                requireResidentKey: boolean;
                residentKey: string;
                userVerification: string;
            };
            /** @description base64url; to be answered once, within five minutes */
            challenge: string;
            excludeCredentials: components["schemas"]["PasskeyDescriptor"][];
            extensions: {
                credProps: boolean;
            };
            pubKeyCredParams: {
                alg: number;
                type: string;
            }[];
            rp: {
                id: string;
                name: string;
            };
            timeout: number;
            user: {
                displayName: string;
                id: string;
                name: string;
            };
        };
        PasskeyDescriptor: {
            id: string;
            transports?: string[];
            type: string;
        };
        PasskeyModels: {
            models: {
                /** @description of all authenticators of the model; not zeros */
                aaguid: string;
                /** @description by which people know the model */
                name: string;
            }[];
            /** @description certificates of the makers, each in PEM */
            roots: string[];
        };
        /** @description for `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get` */
        PasskeyRequestOptions: {
            allowCredentials: components["schemas"]["PasskeyDescriptor"][];
            /** @description base64url; to be answered once, within five minutes */
            challenge: string;
            rpId: string;
            timeout: number;
            userVerification: string;
        };
        /** @description there while a reset of the second factor waits; until it takes place the user has its second factor */
        PendingReset: {
            /** Format: date-time */
            approvedAt?: string;
            approvedBy?: string | null;
            /**
             * Format: date-time
             * @description when it takes place at the earliest
             */
            dueAt: string;
            /**
             * Format: date-time
             * @description when it ends, where nobody approves it until then
             */
            expiresAt?: string;
            /** @description whether another admin has to approve it still */
            needsSecondAdmin: boolean;
            reason?: string;
            /** @description there where the user asked for it, by its recovery address */
            recovery?: boolean;
            /** Format: date-time */
            requestedAt: string;
            requestedBy: string | null;
        };
        /** @description everything that is kept of a person; no hash, key, code or token */
        PersonalData: {
            /** @description rows by table, each table that may name a person among them; docs/data-protection.md says what for */
            data: {
                [key: string]: {
                    [key: string]: unknown;
                }[];
            };
            /** Format: date-time */
            exportedAt: string;
            user: {
                email: string;
                /**
                 * Format: uuid
                 * @description UUIDv7
                 */
                id: string;
                /**
                 * Format: uuid
                 * @description UUIDv7
                 */
                organizationId: string;
            };
        };
        /** @description RFC 9457 problem details */
        Problem: {
            /** @description with `clock_skew`: how far the clock of the authenticator is ahead; less than 0 where it is behind */
            clockSkewSeconds?: number;
            /**
             * @description stable
             * @enum {string}
             */
            code: "invalid_request" | "unauthenticated" | "invalid_credentials" | "reauthentication_required" | "invalid_code" | "invalid_passkey" | "pass_required" | "challenge_expired" | "session_expired" | "refresh_token_reused" | "forbidden" | "cross_site_request" | "cross_site_sign_in" | "not_for_service_accounts" | "mfa_enrollment_required" | "passwordless_disabled" | "recovery_disabled" | "local_sign_in_disabled" | "not_found" | "request_timeout" | "mfa_already_enabled" | "mfa_not_enabled" | "mfa_requires_local_password" | "no_local_password" | "no_pending_enrollment" | "passkey_already_added" | "too_many_passkeys" | "key_already_shown" | "too_many_service_accounts" | "email_taken" | "slug_taken" | "use_own_settings" | "last_admin" | "no_working_sso" | "domain_taken" | "identity_already_linked" | "not_linkable" | "last_way_in" | "no_pass_awaited" | "reset_waits" | "no_reset_waits" | "not_invited" | "not_sealed_yet" | "invalid_token" | "precondition_failed" | "body_too_large" | "unsupported_media_type" | "idempotency_key_reused" | "weak_password" | "invalid_status" | "cannot_enable_mfa_for_user" | "invalid_organization" | "passkey_not_allowed" | "domain_not_proved" | "weaker_than_partner" | "invalid_metadata" | "too_many_attempts" | "headers_too_large" | "internal_error" | "provider_unavailable" | "overloaded" | "unavailable";
            /** @description what happened and what to do */
            detail?: string;
            /** @description what does not fit; of very many faults, the first, and of very long names, the beginning */
            errors?: components["schemas"]["Fault"][];
            /** @description what to do: on every 401 and 403 of a sign-in, on `reauthentication_required` and `mfa_enrollment_required` */
            next?: {
                /** @enum {string} */
                action: "sign_in" | "second_step" | "enroll" | "wait" | "use_sso" | "reauthenticate" | "contact_admin";
                /** @description codes that may still be tried in this sign-in */
                attemptsLeft?: number;
                /**
                 * Format: uuid
                 * @description of a session that began at a provider: `GET /auth/sso/{connectionId}/start?fresh=true`
                 */
                connectionId?: string;
                /** @description second factors that are taken; for `reauthenticate` beside the password, where there are any */
                methods?: components["schemas"]["SecondFactorMethod"][];
                /** Format: date-time */
                until?: string;
            };
            /**
             * @description of `invalid_code`
             * @enum {string}
             */
            reason?: "wrong" | "already_used" | "clock_skew" | "candidate";
            requestId: string;
            status: number;
            title: string;
            /** @description URI reference of the kind of problem */
            type: string;
        };
        ProblemKind: {
            code: string;
            status: number;
            title: string;
        };
        RecoveryAddress: {
            address: string | null;
            confirmedAt: string | null;
            /** @description how many hours such a reset waits; 0: the organization allows none */
            delayHours: number;
        };
        RememberedDevice: {
            /** Format: date-time */
            createdAt: string;
            /** @description the browser of this request */
            current: boolean;
            /**
             * Format: date-time
             * @description from when the second step is asked for again
             */
            expiresAt: string;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            lastUsedAt: string | null;
            userAgent: string;
        };
        RememberedDeviceList: {
            items: components["schemas"]["RememberedDevice"][];
        };
        /** @enum {string} */
        Role: "admin" | "member";
        SamlMetadata: {
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
        /** @enum {string} */
        SecondFactorMethod: "totp" | "passkey" | "backup_code";
        SecondStepResult: components["schemas"]["Authenticated"] | components["schemas"]["EnrollmentRequired"];
        ServiceAccount: {
            access: components["schemas"]["Access"];
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            id: string;
            lastUsedAt: string | null;
            /** @description the admin who made it and answers for it; the account never has more rights than that admin */
            maker: {
                email: string;
                /**
                 * Format: uuid
                 * @description UUIDv7
                 */
                id: string;
            };
            name: string;
            role: components["schemas"]["Role"];
            state: components["schemas"]["ServiceAccountState"];
        };
        ServiceAccountList: {
            items: components["schemas"]["ServiceAccount"][];
        };
        /**
         * @description the key of one that is `expired` or `stopped` is refused; stopped is one whose maker is disabled or has fewer rights by now
         * @enum {string}
         */
        ServiceAccountState: "active" | "expired" | "stopped";
        Session: {
            aal: components["schemas"]["AssuranceLevel"];
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
            method: components["schemas"]["SessionMethod"];
            /** @description whether a passkey proved the user in the session */
            phishingResistant: boolean;
            userAgent: string;
        };
        SessionList: {
            items: components["schemas"]["Session"][];
        };
        /** @enum {string} */
        SessionMethod: "password" | "sso" | "passkey";
        Settings: {
            /** @description events of the audit log are removed in the month after they are this old */
            auditRetentionDays: number;
            /** @description in which of them the partner leaves a customer no choice */
            fixed: ("mfaRequired" | "mfaGraceDays" | "rememberedDeviceDays" | "mfaPhishingResistant" | "passwordlessEnabled" | "reenrollmentPass" | "resetDelayHours" | "resetNeedsSecondAdmin" | "recoveryDelayHours")[];
            /** @description of the partner, or the defaults of the product */
            inherited: {
                /** @description events of the audit log are removed in the month after they are this old */
                auditRetentionDays: number;
                /** @description whether users may sign in with a password */
                localSignInEnabled: boolean;
                /** @description how long users come in without, from their first sign-in since it is required; where a partner requires it, its customers give no more days */
                mfaGraceDays: number;
                /** @description whether only a passkey or security key is a second factor that meets what is required; a customer never asks for less than its partner */
                mfaPhishingResistant: boolean;
                /**
                 * @description of whom a second factor is required beside the password; a customer never of less than its partner
                 * @enum {string}
                 */
                mfaRequired: "nobody" | "admins" | "everybody";
                /** @description of new passwords, in code points */
                minimumPasswordLength: number;
                passkeyModels: {
                    models: {
                        aaguid: string;
                        name: string;
                    }[];
                    roots: string[];
                } | null;
                /** @description whether a passkey that verified its user signs in by itself, without email and password; not in customers whose partner chose false */
                passwordlessEnabled: boolean;
                /** @description how many hours a reset waits, and can be stopped, that a user asks for by its recovery address, without an admin; 0: nobody can. Not in customers whose partner chose 0; else a customer gives no fewer hours than its partner, and no such reset waits shorter than `resetDelayHours` */
                recoveryDelayHours: number;
                /** @description whether the reset of a second factor gives the admin a pass, without which the user sets up no new one; where the partner asks for it, its customers do */
                reenrollmentPass: boolean;
                /** @description for how many days a browser that passed the second step may be remembered and not asked for it again; 0: never. A customer gives no more days than its partner */
                rememberedDeviceDays: number;
                /** @description how many hours the reset of a second factor waits, and can be stopped, before it takes place; 0: it takes place at once. A customer gives no fewer hours than its partner */
                resetDelayHours: number;
                /** @description whether the reset of a second factor takes place only once another admin approved it; where the partner asks for it, its customers do */
                resetNeedsSecondAdmin: boolean;
                /** @description a session ends when it was not used for this long */
                sessionIdleMinutes: number;
                /** @description from sign-in to the end of a session, used or not */
                sessionLifetimeMinutes: number;
            };
            /** @description whether users may sign in with a password */
            localSignInEnabled: boolean;
            /** @description how long users come in without, from their first sign-in since it is required; where a partner requires it, its customers give no more days */
            mfaGraceDays: number;
            /** @description whether only a passkey or security key is a second factor that meets what is required; a customer never asks for less than its partner */
            mfaPhishingResistant: boolean;
            /**
             * @description of whom a second factor is required beside the password; a customer never of less than its partner
             * @enum {string}
             */
            mfaRequired: "nobody" | "admins" | "everybody";
            /** @description of new passwords, in code points */
            minimumPasswordLength: number;
            /** @description what this organization sets itself; null follows what it inherits */
            own: {
                auditRetentionDays: number | null;
                localSignInEnabled: boolean | null;
                mfaGraceDays: number | null;
                mfaPhishingResistant: boolean | null;
                mfaRequired: ("nobody" | "admins" | "everybody") | null;
                minimumPasswordLength: number | null;
                passkeyModels: components["schemas"]["PasskeyModels"] | null;
                passwordlessEnabled: boolean | null;
                recoveryDelayHours: number | null;
                reenrollmentPass: boolean | null;
                rememberedDeviceDays: number | null;
                resetDelayHours: number | null;
                resetNeedsSecondAdmin: boolean | null;
                sessionIdleMinutes: number | null;
                sessionLifetimeMinutes: number | null;
            };
            passkeyModels: {
                models: {
                    aaguid: string;
                    name: string;
                }[];
                roots: string[];
            } | null;
            /** @description whether a passkey that verified its user signs in by itself, without email and password; not in customers whose partner chose false */
            passwordlessEnabled: boolean;
            /** @description how many hours a reset waits, and can be stopped, that a user asks for by its recovery address, without an admin; 0: nobody can. Not in customers whose partner chose 0; else a customer gives no fewer hours than its partner, and no such reset waits shorter than `resetDelayHours` */
            recoveryDelayHours: number;
            /** @description whether the reset of a second factor gives the admin a pass, without which the user sets up no new one; where the partner asks for it, its customers do */
            reenrollmentPass: boolean;
            /** @description for how many days a browser that passed the second step may be remembered and not asked for it again; 0: never. A customer gives no more days than its partner */
            rememberedDeviceDays: number;
            /** @description how many hours the reset of a second factor waits, and can be stopped, before it takes place; 0: it takes place at once. A customer gives no fewer hours than its partner */
            resetDelayHours: number;
            /** @description whether the reset of a second factor takes place only once another admin approved it; where the partner asks for it, its customers do */
            resetNeedsSecondAdmin: boolean;
            /** @description a session ends when it was not used for this long */
            sessionIdleMinutes: number;
            /** @description from sign-in to the end of a session, used or not */
            sessionLifetimeMinutes: number;
        };
        SettingsChanges: {
            auditRetentionDays?: number | null;
            localSignInEnabled?: boolean | null;
            mfaGraceDays?: number | null;
            mfaPhishingResistant?: boolean | null;
            mfaRequired?: ("nobody" | "admins" | "everybody") | null;
            minimumPasswordLength?: number | null;
            passkeyModels?: components["schemas"]["PasskeyModels"] | null;
            passwordlessEnabled?: boolean | null;
            recoveryDelayHours?: number | null;
            reenrollmentPass?: boolean | null;
            rememberedDeviceDays?: number | null;
            resetDelayHours?: number | null;
            resetNeedsSecondAdmin?: boolean | null;
            sessionIdleMinutes?: number | null;
            sessionLifetimeMinutes?: number | null;
        };
        SettingsPreview: {
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
            /** @description users who can sign in for now: with a link that is mailed to them first, or for some days without the second factor that they have to set up */
            inGrace: number;
            nextCursor: string | null;
            /** @description users who can sign in, and for whom something becomes otherwise: without a passkey alone, without a remembered device, without recovery by themselves, with a passkey that works on and could not be added anew, or without two admins to reset a lost second factor */
            otherwise: number;
            /** @description users who can sign in afterwards as they are */
            ready: number;
            /** @description users who could not sign in, or who, with a password, would be led into setting up a second factor first */
            stranded: number;
            /** @description those of the group, by email address */
            users: {
                email: string;
                /**
                 * Format: uuid
                 * @description UUIDv7
                 */
                id: string;
                name: string;
                organization: components["schemas"]["OrganizationOfUser"];
                /**
                 * @description `stranded`: no single sign-on of the organization works (`no_connection`), none takes the address and no account is linked (`no_domain`), no second factor where one is required (`no_factor`; no passkey where only that will do); `in_grace`: by a mailed link (`by_mail`), or `factor_due`; `otherwise`: the password is typed in the place of a passkey alone (`no_passkey_alone`), the second step is asked for in a browser that was remembered (`no_device`), only an admin resets (`no_recovery`), a passkey could not be added anew (`other_model`), no two admins with read/write access are there beside the user, one to ask for a reset and one to approve it (`no_second_admin`); `ready`: how
                 * @enum {string}
                 */
                why: "password" | "linked" | "by_address" | "no_passkey_alone" | "no_device" | "no_recovery" | "other_model" | "no_second_admin" | "by_mail" | "factor_due" | "no_connection" | "no_domain" | "no_factor";
            }[];
        };
        SignInOptions: {
            connections: {
                /**
                 * Format: uuid
                 * @description UUIDv7
                 */
                id: string;
                kind: components["schemas"]["SsoKind"];
                name: string;
            }[];
            localSignIn: boolean;
            /** @description whether passkeys sign in by themselves there; where the domain, or the link, is of no organization: in any organization */
            passwordless: boolean;
        };
        SignInResult: components["schemas"]["Authenticated"] | components["schemas"]["MfaRequired"] | components["schemas"]["EnrollmentRequired"];
        SsoCertificate: {
            /** @description SHA-256, hexadecimal with colons */
            fingerprint: string;
            /** Format: date-time */
            notAfter: string;
            /** Format: date-time */
            notBefore: string;
            subject: string;
        };
        SsoConnection: components["schemas"]["SsoConnectionEntra"] | components["schemas"]["SsoConnectionGoogle"] | components["schemas"]["SsoConnectionOidc"] | components["schemas"]["SsoConnectionSaml"];
        SsoConnectionChanges: {
            /** @description judged by the kind of the connection */
            config?: {
                /** @default false */
                allowGuests: boolean;
                /**
                 * @description also takes accounts of Microsoft's tenant for personal accounts
                 * @default false
                 */
                allowPersonalAccounts: boolean;
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
                 * @enum {string}
                 */
                clientAuthentication: "client_secret_basic" | "client_secret_post" | "none";
                clientId: string;
                /** @description never read back; left out in a change it stays, null takes it away */
                clientSecret?: string | null;
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
                 * @enum {string}
                 */
                signingAlgorithm: "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA";
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
                /** @enum {string} */
                requestNameIdFormat?: "persistent" | "email_address";
                /** @description on unless switched off */
                signRequests?: boolean;
                /** @description SingleSignOnService with the HTTP-Redirect binding */
                ssoUrl: string;
                /** @description what identifies a person; an `email_address` has to be of a verified domain, an attribute immutable and never given to somebody else */
                subject: {
                    /** @enum {string} */
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
             * @enum {string}
             */
            mfaPolicy?: "trust_provider" | "require_local";
            name?: string;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {string}
             */
            provisioning?: "invite_only" | "jit";
        };
        SsoConnectionEntra: {
            /** @description SAML: of the provider */
            certificates: components["schemas"]["SsoCertificate"][];
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
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "entra";
            lastFailure: components["schemas"]["SsoFailure"] | null;
            lastSignInAt: string | null;
            /**
             * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
             * @enum {string}
             */
            mfaPolicy: "trust_provider" | "require_local";
            name: string;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            organizationId: string;
            pendingChange: components["schemas"]["SsoConnectionEntraChange"] | null;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {string}
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
            /** @description enabled, and somebody signed in through it; a configuration that is new since then was tested with success */
            working: boolean;
        };
        SsoConnectionEntraChange: {
            /** @description SAML: of the provider */
            certificates: components["schemas"]["SsoCertificate"][];
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
            createdBy: string;
            hasClientSecret: boolean;
            /** @description whether the client secret becomes another */
            secretChanges: boolean;
        };
        SsoConnectionGoogle: {
            /** @description SAML: of the provider */
            certificates: components["schemas"]["SsoCertificate"][];
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
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "google";
            lastFailure: components["schemas"]["SsoFailure"] | null;
            lastSignInAt: string | null;
            /**
             * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
             * @enum {string}
             */
            mfaPolicy: "trust_provider" | "require_local";
            name: string;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            organizationId: string;
            pendingChange: components["schemas"]["SsoConnectionGoogleChange"] | null;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {string}
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
            /** @description enabled, and somebody signed in through it; a configuration that is new since then was tested with success */
            working: boolean;
        };
        SsoConnectionGoogleChange: {
            /** @description SAML: of the provider */
            certificates: components["schemas"]["SsoCertificate"][];
            config: {
                clientId: string;
                /** @description the Workspace domains (`hd`) whose users may come in */
                hostedDomains: string[];
            };
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            hasClientSecret: boolean;
            /** @description whether the client secret becomes another */
            secretChanges: boolean;
        };
        SsoConnectionList: {
            items: components["schemas"]["SsoConnection"][];
        };
        SsoConnectionOidc: {
            /** @description SAML: of the provider */
            certificates: components["schemas"]["SsoCertificate"][];
            config: {
                /**
                 * @default client_secret_basic
                 * @enum {string}
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
                 * @enum {string}
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
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "oidc";
            lastFailure: components["schemas"]["SsoFailure"] | null;
            lastSignInAt: string | null;
            /**
             * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
             * @enum {string}
             */
            mfaPolicy: "trust_provider" | "require_local";
            name: string;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            organizationId: string;
            pendingChange: components["schemas"]["SsoConnectionOidcChange"] | null;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {string}
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
            /** @description enabled, and somebody signed in through it; a configuration that is new since then was tested with success */
            working: boolean;
        };
        SsoConnectionOidcChange: {
            /** @description SAML: of the provider */
            certificates: components["schemas"]["SsoCertificate"][];
            config: {
                /**
                 * @default client_secret_basic
                 * @enum {string}
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
                 * @enum {string}
                 */
                signingAlgorithm: "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA";
            };
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            hasClientSecret: boolean;
            /** @description whether the client secret becomes another */
            secretChanges: boolean;
        };
        SsoConnectionSaml: {
            /** @description SAML: of the provider */
            certificates: components["schemas"]["SsoCertificate"][];
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
                /** @enum {string} */
                requestNameIdFormat?: "persistent" | "email_address";
                /** @description on unless switched off */
                signRequests?: boolean;
                /** @description SingleSignOnService with the HTTP-Redirect binding */
                ssoUrl: string;
                /** @description what identifies a person; an `email_address` has to be of a verified domain, an attribute immutable and never given to somebody else */
                subject: {
                    /** @enum {string} */
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
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "saml";
            lastFailure: components["schemas"]["SsoFailure"] | null;
            lastSignInAt: string | null;
            /**
             * @description whether a user with an authenticator here is asked for its code when the provider did not say multi-factor
             * @enum {string}
             */
            mfaPolicy: "trust_provider" | "require_local";
            name: string;
            /**
             * Format: uuid
             * @description UUIDv7
             */
            organizationId: string;
            pendingChange: components["schemas"]["SsoConnectionSamlChange"] | null;
            /**
             * @description jit creates unknown users of the verified domains as read-only members
             * @enum {string}
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
            /** @description enabled, and somebody signed in through it; a configuration that is new since then was tested with success */
            working: boolean;
        };
        SsoConnectionSamlChange: {
            /** @description SAML: of the provider */
            certificates: components["schemas"]["SsoCertificate"][];
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
                /** @enum {string} */
                requestNameIdFormat?: "persistent" | "email_address";
                /** @description on unless switched off */
                signRequests?: boolean;
                /** @description SingleSignOnService with the HTTP-Redirect binding */
                ssoUrl: string;
                /** @description what identifies a person; an `email_address` has to be of a verified domain, an attribute immutable and never given to somebody else */
                subject: {
                    /** @enum {string} */
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
            createdBy: string;
            hasClientSecret: boolean;
            /** @description whether the client secret becomes another */
            secretChanges: boolean;
        };
        SsoFailure: {
            /** Format: date-time */
            at: string;
            /** @description in words an admin can act on */
            cause: string;
            /**
             * @description what the person saw on the sign-in page
             * @enum {string}
             */
            code: "sso_failed" | "sso_account_unknown" | "sso_link_required" | "sso_link_mailed" | "sso_identity_taken" | "sso_unavailable" | "sso_expired";
            requestId: string;
        };
        /** @enum {string} */
        SsoKind: "entra" | "google" | "oidc" | "saml";
        SsoTestResult: {
            account: {
                /** @description what a sign-in of this person would do */
                effect: string;
                email: string | null;
                issuer: string;
                multiFactor: boolean;
                name: string | null;
                subject: string;
            } | null;
            /** @description and the change took effect */
            applied: boolean;
            /** Format: date-time */
            at: string;
            /** @description false when the connection was changed after it */
            current: boolean;
            /** @description what is wrong, in words an admin can act on */
            faults: string[];
            /** @description it tried a change that waited */
            ofChange: boolean;
            /** @enum {string} */
            outcome: "success" | "failure";
            /** @description what the provider sent */
            received: {
                name: string;
                values: string[];
            }[];
            requestId: string;
            testedBy: string;
        };
        UpdatedUser: {
            access: components["schemas"]["Access"];
            /** @description there where a reset left the user with a pass to show before it sets up a second factor */
            awaitsReenrollmentPass?: boolean;
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
            organization: components["schemas"]["OrganizationOfUser"];
            pendingReset?: components["schemas"]["PendingReset"];
            /** @description where the organization asks for it: the pass without which the user sets up no second factor. Shown this once, to be read out; taken for seven days */
            reenrollmentPass?: string;
            role: components["schemas"]["Role"];
            status: components["schemas"]["UserStatus"];
        };
        User: {
            access: components["schemas"]["Access"];
            /** @description there where a reset left the user with a pass to show before it sets up a second factor */
            awaitsReenrollmentPass?: boolean;
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
            organization: components["schemas"]["OrganizationOfUser"];
            pendingReset?: components["schemas"]["PendingReset"];
            role: components["schemas"]["Role"];
            status: components["schemas"]["UserStatus"];
        };
        UserChanges: {
            access?: components["schemas"]["Access"];
            /** @description false takes away authenticator and backup codes; only the user can set them up */
            mfaEnabled?: boolean;
            name?: string;
            /** @description why the second factor is taken away: for the user, who is mailed, and for the audit log */
            reason?: string;
            role?: components["schemas"]["Role"];
            /** @enum {string} */
            status?: "active" | "disabled";
        };
        /** @description null while MFA is off */
        UserFactors: {
            backupCodesRemaining: number;
            candidate?: components["schemas"]["CandidateApp"];
            /** Format: date-time */
            enrolledAt: string;
            factors: components["schemas"]["Factor"][];
        };
        UserPage: {
            items: components["schemas"]["User"][];
            /** @description `cursor` of the next page; null on the last */
            nextCursor: string | null;
        };
        UserSecurity: {
            attempts: {
                passkey: components["schemas"]["FailedAttempts"];
                password: components["schemas"]["FailedAttempts"];
                reauthentication: components["schemas"]["FailedAttempts"];
                secondFactor: components["schemas"]["FailedAttempts"];
            };
            lastSeenAt: string | null;
            liveSessions: number;
            mfa: components["schemas"]["UserFactors"] | null;
            /** @description whether a sign-in with the password leads into enrolment and opens nothing else before */
            mustEnroll: boolean;
            policy: components["schemas"]["MfaPolicy"];
            /** @description browsers that are not asked for the second step */
            rememberedDevices: number;
        };
        /**
         * @description invited: the invitation was not accepted yet
         * @enum {string}
         */
        UserStatus: "active" | "invited" | "disabled";
    };
    responses: {
        /** @description `body_too_large`: The body is too large */
        body_too_large: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "body_too_large";
                };
            };
        };
        /** @description `cannot_enable_mfa_for_user`: Only the user can set up an authenticator; `invalid_status`: The user cannot have this status yet */
        cannot_enable_mfa_for_user_or_invalid_status: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cannot_enable_mfa_for_user" | "invalid_status";
                };
            };
        };
        /** @description `challenge_expired`: The sign-in took too long */
        challenge_expired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "challenge_expired";
                };
            };
        };
        /** @description `challenge_expired`: The sign-in took too long; `invalid_code`: The code is wrong or was already used */
        challenge_expired_or_invalid_code: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "challenge_expired" | "invalid_code";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `cross_site_sign_in`: Nobody can sign in from a page of another site; `local_sign_in_disabled`: Your organization signs in through single sign-on; `not_for_service_accounts`: Only a person can do this */
        cross_site_request_or_cross_site_sign_in_or_local_sign_in_disabled_or_not_for_service_accounts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "cross_site_sign_in" | "local_sign_in_disabled" | "not_for_service_accounts";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `cross_site_sign_in`: Nobody can sign in from a page of another site; `local_sign_in_disabled`: Your organization signs in through single sign-on; `not_for_service_accounts`: Only a person can do this; `passwordless_disabled`: Your organization signs in with a password */
        cross_site_request_or_cross_site_sign_in_or_local_sign_in_disabled_or_not_for_service_accounts_or_passwordless_disabled: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "cross_site_sign_in" | "local_sign_in_disabled" | "not_for_service_accounts" | "passwordless_disabled";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `cross_site_sign_in`: Nobody can sign in from a page of another site; `not_for_service_accounts`: Only a person can do this; `passwordless_disabled`: Your organization signs in with a password */
        cross_site_request_or_cross_site_sign_in_or_not_for_service_accounts_or_passwordless_disabled: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "cross_site_sign_in" | "not_for_service_accounts" | "passwordless_disabled";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `forbidden`: You are not allowed to do this; `local_sign_in_disabled`: Your organization signs in through single sign-on; `mfa_enrollment_required`: Set up two-factor authentication first */
        cross_site_request_or_forbidden_or_local_sign_in_disabled_or_mfa_enrollment_required: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "forbidden" | "local_sign_in_disabled" | "mfa_enrollment_required";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `forbidden`: You are not allowed to do this; `local_sign_in_disabled`: Your organization signs in through single sign-on; `mfa_enrollment_required`: Set up two-factor authentication first; `not_for_service_accounts`: Only a person can do this */
        cross_site_request_or_forbidden_or_local_sign_in_disabled_or_mfa_enrollment_required_or_not_for_service_accounts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "forbidden" | "local_sign_in_disabled" | "mfa_enrollment_required" | "not_for_service_accounts";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `forbidden`: You are not allowed to do this; `mfa_enrollment_required`: Set up two-factor authentication first */
        cross_site_request_or_forbidden_or_mfa_enrollment_required: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "forbidden" | "mfa_enrollment_required";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `forbidden`: You are not allowed to do this; `mfa_enrollment_required`: Set up two-factor authentication first; `not_for_service_accounts`: Only a person can do this */
        cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "forbidden" | "mfa_enrollment_required" | "not_for_service_accounts";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `local_sign_in_disabled`: Your organization signs in through single sign-on; `mfa_enrollment_required`: Set up two-factor authentication first; `not_for_service_accounts`: Only a person can do this */
        cross_site_request_or_local_sign_in_disabled_or_mfa_enrollment_required_or_not_for_service_accounts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "local_sign_in_disabled" | "mfa_enrollment_required" | "not_for_service_accounts";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `local_sign_in_disabled`: Your organization signs in through single sign-on; `mfa_enrollment_required`: Set up two-factor authentication first; `not_for_service_accounts`: Only a person can do this; `recovery_disabled`: Your organization lets nobody recover without an admin */
        cross_site_request_or_local_sign_in_disabled_or_mfa_enrollment_required_or_not_for_service_accounts_or_recovery_disabled: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "local_sign_in_disabled" | "mfa_enrollment_required" | "not_for_service_accounts" | "recovery_disabled";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `local_sign_in_disabled`: Your organization signs in through single sign-on; `not_for_service_accounts`: Only a person can do this */
        cross_site_request_or_local_sign_in_disabled_or_not_for_service_accounts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "local_sign_in_disabled" | "not_for_service_accounts";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `mfa_enrollment_required`: Set up two-factor authentication first */
        cross_site_request_or_mfa_enrollment_required: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "mfa_enrollment_required";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `mfa_enrollment_required`: Set up two-factor authentication first; `not_for_service_accounts`: Only a person can do this */
        cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "mfa_enrollment_required" | "not_for_service_accounts";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `not_for_service_accounts`: Only a person can do this */
        cross_site_request_or_not_for_service_accounts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "not_for_service_accounts";
                };
            };
        };
        /** @description `cross_site_request`: The request came from another site; `not_for_service_accounts`: Only a person can do this; `recovery_disabled`: Your organization lets nobody recover without an admin */
        cross_site_request_or_not_for_service_accounts_or_recovery_disabled: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "cross_site_request" | "not_for_service_accounts" | "recovery_disabled";
                };
            };
        };
        /** @description `domain_not_proved`: The DNS record is not there */
        domain_not_proved: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "domain_not_proved";
                };
            };
        };
        /** @description `domain_taken`: Another organization has proved this domain */
        domain_taken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "domain_taken";
                };
            };
        };
        /** @description `email_taken`: Another user has this email address */
        email_taken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "email_taken";
                };
            };
        };
        /** @description `forbidden`: You are not allowed to do this; `mfa_enrollment_required`: Set up two-factor authentication first */
        forbidden_or_mfa_enrollment_required: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "forbidden" | "mfa_enrollment_required";
                };
            };
        };
        /** @description `forbidden`: You are not allowed to do this; `mfa_enrollment_required`: Set up two-factor authentication first; `not_for_service_accounts`: Only a person can do this */
        forbidden_or_mfa_enrollment_required_or_not_for_service_accounts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "forbidden" | "mfa_enrollment_required" | "not_for_service_accounts";
                };
            };
        };
        /** @description `headers_too_large`: The headers are too large */
        headers_too_large: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "headers_too_large";
                };
            };
        };
        /** @description `idempotency_key_reused`: Take a new Idempotency-Key: something else was made with this one */
        idempotency_key_reused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "idempotency_key_reused";
                };
            };
        };
        /** @description `idempotency_key_reused`: Take a new Idempotency-Key: something else was made with this one; `weak_password`: The password is too easy to guess */
        idempotency_key_reused_or_weak_password: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "idempotency_key_reused" | "weak_password";
                };
            };
        };
        /** @description `identity_already_linked`: An account of this connection is linked already; `no_local_password`: You have no local password */
        identity_already_linked_or_no_local_password: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "identity_already_linked" | "no_local_password";
                };
            };
        };
        /** @description `internal_error`: Something went wrong on our side */
        internal_error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "internal_error";
                };
            };
        };
        /** @description `invalid_code`: The code is wrong or was already used */
        invalid_code: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "invalid_code";
                };
            };
        };
        /** @description `invalid_code`: The code is wrong or was already used; `invalid_credentials`: The email or the password is wrong; `pass_required`: The re-enrollment pass is missing or wrong; `reauthentication_required`: Prove that it is you; `unauthenticated`: Sign in first */
        invalid_code_or_invalid_credentials_or_pass_required_or_reauthentication_required_or_unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "invalid_code" | "invalid_credentials" | "pass_required" | "reauthentication_required" | "unauthenticated";
                };
            };
        };
        /** @description `invalid_code`: The code is wrong or was already used; `invalid_credentials`: The email or the password is wrong; `reauthentication_required`: Prove that it is you; `unauthenticated`: Sign in first */
        invalid_code_or_invalid_credentials_or_reauthentication_required_or_unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "invalid_code" | "invalid_credentials" | "reauthentication_required" | "unauthenticated";
                };
            };
        };
        /** @description `invalid_code`: The code is wrong or was already used; `invalid_credentials`: The email or the password is wrong; `unauthenticated`: Sign in first */
        invalid_code_or_invalid_credentials_or_unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "invalid_code" | "invalid_credentials" | "unauthenticated";
                };
            };
        };
        /** @description `invalid_code`: The code is wrong or was already used; `unauthenticated`: Sign in first */
        invalid_code_or_unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "invalid_code" | "unauthenticated";
                };
            };
        };
        /** @description `invalid_credentials`: The email or the password is wrong */
        invalid_credentials: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "invalid_credentials";
                };
            };
        };
        /** @description `invalid_credentials`: The email or the password is wrong; `pass_required`: The re-enrollment pass is missing or wrong; `reauthentication_required`: Prove that it is you; `unauthenticated`: Sign in first */
        invalid_credentials_or_pass_required_or_reauthentication_required_or_unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "invalid_credentials" | "pass_required" | "reauthentication_required" | "unauthenticated";
                };
            };
        };
        /** @description `invalid_metadata`: The metadata cannot be used */
        invalid_metadata: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "invalid_metadata";
                };
            };
        };
        /** @description `invalid_passkey`: The passkey was not accepted */
        invalid_passkey: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "invalid_passkey";
                };
            };
        };
        /** @description `invalid_passkey`: The passkey was not accepted; `pass_required`: The re-enrollment pass is missing or wrong; `reauthentication_required`: Prove that it is you; `unauthenticated`: Sign in first */
        invalid_passkey_or_pass_required_or_reauthentication_required_or_unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "invalid_passkey" | "pass_required" | "reauthentication_required" | "unauthenticated";
                };
            };
        };
        /** @description `invalid_request`: The request is not valid */
        invalid_request: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "invalid_request";
                };
            };
        };
        /** @description `invalid_token`: The link is not valid any more */
        invalid_token: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "invalid_token";
                };
            };
        };
        /** @description `key_already_shown`: The service account was made before, and its key shown; `too_many_service_accounts`: There are as many service accounts as there can be */
        key_already_shown_or_too_many_service_accounts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "key_already_shown" | "too_many_service_accounts";
                };
            };
        };
        /** @description `last_admin`: The organization needs an admin who can make changes */
        last_admin: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "last_admin";
                };
            };
        };
        /** @description `last_admin`: The organization needs an admin who can make changes; `mfa_not_enabled`: Two-factor authentication is not enabled; `no_working_sso`: Nobody could sign in without a working single sign-on; `reset_waits`: A reset of this user waits already; `use_own_settings`: Use your own MFA settings for this */
        last_admin_or_mfa_not_enabled_or_no_working_sso_or_reset_waits_or_use_own_settings: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "last_admin" | "mfa_not_enabled" | "no_working_sso" | "reset_waits" | "use_own_settings";
                };
            };
        };
        /** @description `last_admin`: The organization needs an admin who can make changes; `no_local_password`: You have no local password; `no_working_sso`: Nobody could sign in without a working single sign-on; `use_own_settings`: Use your own MFA settings for this */
        last_admin_or_no_local_password_or_no_working_sso_or_use_own_settings: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "last_admin" | "no_local_password" | "no_working_sso" | "use_own_settings";
                };
            };
        };
        /** @description `last_way_in`: There would be no way left to sign in */
        last_way_in: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "last_way_in";
                };
            };
        };
        /** @description `mfa_already_enabled`: Two-factor authentication is already enabled; `mfa_not_enabled`: Two-factor authentication is not enabled; `mfa_requires_local_password`: MFA can be set up only by users with a local password; `no_pending_enrollment`: There is no enrollment to confirm */
        mfa_already_enabled_or_mfa_not_enabled_or_mfa_requires_local_password_or_no_pending_enrollment: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "mfa_already_enabled" | "mfa_not_enabled" | "mfa_requires_local_password" | "no_pending_enrollment";
                };
            };
        };
        /** @description `mfa_already_enabled`: Two-factor authentication is already enabled; `mfa_not_enabled`: Two-factor authentication is not enabled; `mfa_requires_local_password`: MFA can be set up only by users with a local password; `no_pending_enrollment`: There is no enrollment to confirm; `passkey_already_added`: This passkey is one of an account already; `too_many_passkeys`: There are as many passkeys as there can be */
        mfa_already_enabled_or_mfa_not_enabled_or_mfa_requires_local_password_or_no_pending_enrollment_or_passkey_already_added_or_too_many_passkeys: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "mfa_already_enabled" | "mfa_not_enabled" | "mfa_requires_local_password" | "no_pending_enrollment" | "passkey_already_added" | "too_many_passkeys";
                };
            };
        };
        /** @description `mfa_already_enabled`: Two-factor authentication is already enabled; `mfa_requires_local_password`: MFA can be set up only by users with a local password */
        mfa_already_enabled_or_mfa_requires_local_password: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "mfa_already_enabled" | "mfa_requires_local_password";
                };
            };
        };
        /** @description `mfa_enrollment_required`: Set up two-factor authentication first; `not_for_service_accounts`: Only a person can do this */
        mfa_enrollment_required_or_not_for_service_accounts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "mfa_enrollment_required" | "not_for_service_accounts";
                };
            };
        };
        /** @description `mfa_not_enabled`: Two-factor authentication is not enabled */
        mfa_not_enabled: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "mfa_not_enabled";
                };
            };
        };
        /** @description `mfa_not_enabled`: Two-factor authentication is not enabled; `mfa_requires_local_password`: MFA can be set up only by users with a local password */
        mfa_not_enabled_or_mfa_requires_local_password: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "mfa_not_enabled" | "mfa_requires_local_password";
                };
            };
        };
        /** @description `mfa_requires_local_password`: MFA can be set up only by users with a local password; `too_many_passkeys`: There are as many passkeys as there can be */
        mfa_requires_local_password_or_too_many_passkeys: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "mfa_requires_local_password" | "too_many_passkeys";
                };
            };
        };
        /** @description `no_local_password`: You have no local password */
        no_local_password: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "no_local_password";
                };
            };
        };
        /** @description `no_pass_awaited`: The user does not need a re-enrollment pass */
        no_pass_awaited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "no_pass_awaited";
                };
            };
        };
        /** @description `no_pending_enrollment`: There is no enrollment to confirm */
        no_pending_enrollment: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "no_pending_enrollment";
                };
            };
        };
        /** @description `no_reset_waits`: No such reset waits */
        no_reset_waits: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "no_reset_waits";
                };
            };
        };
        /** @description `no_working_sso`: Nobody could sign in without a working single sign-on */
        no_working_sso: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "no_working_sso";
                };
            };
        };
        /** @description `not_for_service_accounts`: Only a person can do this */
        not_for_service_accounts: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "not_for_service_accounts";
                };
            };
        };
        /** @description `not_found`: There is no such thing here */
        not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "not_found";
                };
            };
        };
        /** @description `not_invited`: The user is not waiting for an invitation */
        not_invited: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "not_invited";
                };
            };
        };
        /** @description `not_linkable`: No account can be linked to the user by mail */
        not_linkable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "not_linkable";
                };
            };
        };
        /** @description `not_sealed_yet`: The event is not sealed yet */
        not_sealed_yet: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "not_sealed_yet";
                };
            };
        };
        /** @description `overloaded`: The service is busy; `unavailable`: The service is not available */
        overloaded_or_unavailable: {
            headers: {
                /** @description seconds until another try makes sense */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "overloaded" | "unavailable";
                };
            };
        };
        /** @description `passkey_not_allowed`: Your organization takes other passkeys */
        passkey_not_allowed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "passkey_not_allowed";
                };
            };
        };
        /** @description `precondition_failed`: Somebody else changed this in the meantime */
        precondition_failed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "precondition_failed";
                };
            };
        };
        /** @description `provider_unavailable`: The identity provider does not answer as it should */
        provider_unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "provider_unavailable";
                };
            };
        };
        /** @description `reauthentication_required`: Prove that it is you; `unauthenticated`: Sign in first */
        reauthentication_required_or_unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "reauthentication_required" | "unauthenticated";
                };
            };
        };
        /** @description `refresh_token_reused`: The session was ended for safety; `session_expired`: The session has ended */
        refresh_token_reused_or_session_expired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "refresh_token_reused" | "session_expired";
                };
            };
        };
        /** @description `request_timeout`: The request came too slowly */
        request_timeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "request_timeout";
                };
            };
        };
        /** @description `reset_waits`: A reset of this user waits already */
        reset_waits: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "reset_waits";
                };
            };
        };
        /** @description `slug_taken`: Another organization has this slug */
        slug_taken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "slug_taken";
                };
            };
        };
        /** @description `too_many_attempts`: Too many attempts */
        too_many_attempts: {
            headers: {
                /** @description seconds until another try makes sense */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "too_many_attempts";
                };
            };
        };
        /** @description `unauthenticated`: Sign in first */
        unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "unauthenticated";
                };
            };
        };
        /** @description `unsupported_media_type`: The body must be JSON */
        unsupported_media_type: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "unsupported_media_type";
                };
            };
        };
        /** @description `weak_password`: The password is too easy to guess */
        weak_password: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "weak_password";
                };
            };
        };
        /** @description `weaker_than_partner`: The partner asks for more */
        weaker_than_partner: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code: "weaker_than_partner";
                };
            };
        };
    };
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
                /**
                 * @description what was done
                 * @example user.created
                 */
                action?: "session.signed_in" | "session.sign_in_failed" | "session.second_factor_failed" | "session.stepped_up" | "session.step_up_failed" | "session.signed_out" | "session.revoked" | "session.refresh_token_reused" | "device.remembered" | "device.forgotten" | "backup_code.used" | "backup_code.checked" | "mfa.enrollment_started" | "mfa.app_checked" | "mfa.candidate_added" | "mfa.candidate_removed" | "mfa.enabled" | "mfa.disabled" | "mfa.backup_codes_regenerated" | "mfa.reset" | "mfa.reset_requested" | "mfa.reset_approved" | "mfa.reset_stopped" | "mfa.reset_expired" | "mfa.reset_disputed" | "mfa.pass_issued" | "mfa.recovery_asked" | "mfa.attempt_failed" | "mfa.locked" | "factor.added" | "factor.renamed" | "factor.replaced" | "factor.removed" | "passkey.counter_went_back" | "recovery_address.added" | "recovery_address.confirmed" | "recovery_address.removed" | "password.changed" | "password.change_failed" | "password.reset_requested" | "password.reset" | "password.removed" | "account.disputed" | "invitation.sent" | "invitation.accepted" | "user.created" | "user.updated" | "user.unlocked" | "user.exported" | "user.erased" | "organization.created" | "organization.updated" | "organization.removed" | "settings.updated" | "local_sign_in.enabled" | "sso.sign_in_failed" | "sso.connection_created" | "sso.connection_updated" | "sso.connection_deleted" | "sso.connection_tested" | "sso.change_staged" | "sso.change_applied" | "sso.change_discarded" | "identity.linked" | "identity.link_failed" | "identity.link_mailed" | "identity.unlinked" | "domain.added" | "domain.verified" | "domain.removed" | "domain.lapsed" | "domain.kept" | "user.provisioned" | "service_account.created" | "service_account.revoked" | "service_account.refused" | "audit.dropped" | "audit.expired" | "keys.rotated" | "keys.signing_rotated" | "seed.applied" | "users.imported";
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description not before this moment */
                from?: string;
                /**
                 * @description how many at most
                 * @example 1
                 */
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
                    "application/json": components["schemas"]["AuditEventPage"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    proveAuditEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000025
                 */
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
                    "application/json": components["schemas"]["AuditProof"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["not_sealed_yet"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    listAuditKeys: {
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
                    "application/json": components["schemas"]["AuditKeySet"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            400: components["responses"]["invalid_request"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            410: components["responses"]["invalid_token"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
            400: components["responses"]["invalid_request"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            410: components["responses"]["invalid_token"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["weak_password"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    "application/json": components["schemas"]["SignInResult"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_credentials"];
            403: components["responses"]["cross_site_request_or_cross_site_sign_in_or_local_sign_in_disabled_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    code?: string;
                    method: components["schemas"]["SecondFactorMethod"];
                    /** @description without effect where it is not offered: by the setting, after a backup code or single sign-on */
                    rememberDevice?: boolean;
                    response?: components["schemas"]["PasskeyAnswer"];
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
                    "application/json": components["schemas"]["SecondStepResult"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["challenge_expired_or_invalid_code"];
            403: components["responses"]["cross_site_request_or_cross_site_sign_in_or_local_sign_in_disabled_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    askForPasskeyAtSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description for `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyRequestOptions"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["challenge_expired"];
            403: components["responses"]["cross_site_request_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    askForRecovery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["challenge_expired"];
            403: components["responses"]["cross_site_request_or_not_for_service_accounts_or_recovery_disabled"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
            400: components["responses"]["invalid_request"];
            403: components["responses"]["cross_site_request_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    disputeMfaReset: {
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
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_request"];
            403: components["responses"]["cross_site_request_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            410: components["responses"]["invalid_token"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    signInWithPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    response: components["schemas"]["PasskeyAnswer"];
                };
            };
        };
        responses: {
            /** @description signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Authenticated"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_passkey"];
            403: components["responses"]["cross_site_request_or_cross_site_sign_in_or_local_sign_in_disabled_or_not_for_service_accounts_or_passwordless_disabled"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    askForAnyPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description for `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyRequestOptions"];
                };
            };
            400: components["responses"]["invalid_request"];
            403: components["responses"]["cross_site_request_or_cross_site_sign_in_or_not_for_service_accounts_or_passwordless_disabled"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
            400: components["responses"]["invalid_request"];
            403: components["responses"]["cross_site_request_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
            400: components["responses"]["invalid_request"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            410: components["responses"]["invalid_token"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["weak_password"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    beginRecovery: {
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
                    "application/json": components["schemas"]["BegunRecovery"];
                };
            };
            400: components["responses"]["invalid_request"];
            403: components["responses"]["cross_site_request_or_not_for_service_accounts_or_recovery_disabled"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["reset_waits"];
            410: components["responses"]["invalid_token"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    confirmRecoveryAddress: {
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
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["invalid_request"];
            403: components["responses"]["cross_site_request_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            410: components["responses"]["invalid_token"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["refresh_token_reused_or_session_expired"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    getSignInOptions: {
        parameters: {
            query?: {
                /**
                 * @description email address
                 * @example ann@acme.example
                 */
                email?: string;
                /** @description slug, of an organization's own sign-in link; empty without such a link: what holds of anybody */
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
                    "application/json": components["schemas"]["SignInOptions"];
                };
            };
            400: components["responses"]["invalid_request"];
            403: components["responses"]["not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    "application/json": components["schemas"]["MailedLink"];
                };
            };
            400: components["responses"]["invalid_request"];
            403: components["responses"]["cross_site_request_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            410: components["responses"]["invalid_token"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code"];
            403: components["responses"]["cross_site_request_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            410: components["responses"]["invalid_token"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            502: components["responses"]["provider_unavailable"];
            503: components["responses"]["overloaded_or_unavailable"];
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
            400: components["responses"]["invalid_request"];
            403: components["responses"]["not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
            400: components["responses"]["invalid_request"];
            403: components["responses"]["not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
            400: components["responses"]["invalid_request"];
            403: components["responses"]["not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    startSso: {
        parameters: {
            query?: {
                /** @description the person has to prove itself at the provider anew, as `next` of `reauthentication_required` asks */
                fresh?: boolean;
                /**
                 * @description a path on this origin; `/` unless told
                 * @example /
                 */
                returnTo?: string;
            };
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000021
                 */
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
            400: components["responses"]["invalid_request"];
            403: components["responses"]["not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    completeSso: {
        parameters: {
            query: {
                /** @description from the ACS, for one use */
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
            400: components["responses"]["invalid_request"];
            403: components["responses"]["not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    stepUp: {
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
                    method?: components["schemas"]["SecondFactorMethod"];
                    password?: string;
                    response?: components["schemas"]["PasskeyAnswer"];
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_invalid_credentials_or_reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_not_enabled"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    "application/json": components["schemas"]["CurrentUser"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    "application/json": components["schemas"]["CurrentUser"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    listDevices: {
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
                    "application/json": components["schemas"]["RememberedDeviceList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    forgetDevices: {
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    forgetDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000012
                 */
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    listOwnEvents: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /**
                 * @description how many at most
                 * @example 3
                 */
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
                    "application/json": components["schemas"]["OwnEventPage"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    exportMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description everything that is kept of a person; no hash, key, code or token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalData"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    "application/json": components["schemas"]["LinkedIdentityList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    linkIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000021
                 */
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
                    response?: components["schemas"]["PasskeyAnswer"];
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_invalid_credentials_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["identity_already_linked_or_no_local_password"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            502: components["responses"]["provider_unavailable"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    unlinkIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000023
                 */
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["last_way_in"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    "application/json": components["schemas"]["MfaState"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    code?: string;
                    password: string;
                    response?: components["schemas"]["PasskeyAnswer"];
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
                    "application/json": components["schemas"]["BackupCodes"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_invalid_credentials_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_not_enabled"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    checkBackupCode: {
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
                    "application/json": components["schemas"]["CheckedBackupCode"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_not_enabled"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    code?: string;
                    password: string;
                    response?: components["schemas"]["PasskeyAnswer"];
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_invalid_credentials_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_not_enabled"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    askForPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description for `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyRequestOptions"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    addPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description by which the user tells it from others */
                    name: string;
                    /** @description the re-enrollment pass that an admin read out after a reset, or that was mailed to the recovery address; case, spaces and dashes are forgiven */
                    pass?: string;
                    response: components["schemas"]["PasskeyCreationAnswer"];
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
                    "application/json": components["schemas"]["AddedPasskey"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_passkey_or_pass_required_or_reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_already_enabled_or_mfa_not_enabled_or_mfa_requires_local_password_or_no_pending_enrollment_or_passkey_already_added_or_too_many_passkeys"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["passkey_not_allowed"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    renamePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000013
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description by which the user tells it from others */
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
                    "application/json": components["schemas"]["Factor"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    removePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000013
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description TOTP code or backup code */
                    code?: string;
                    password: string;
                    response?: components["schemas"]["PasskeyAnswer"];
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_invalid_credentials_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_not_enabled"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    startPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the re-enrollment pass that an admin read out after a reset, or that was mailed to the recovery address; case, spaces and dashes are forgiven */
                    pass?: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description for `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyCreationOptions"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_credentials_or_pass_required_or_reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_requires_local_password_or_too_many_passkeys"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    stopOwnMfaReset: {
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["no_reset_waits"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    "application/json": components["schemas"]["Enrollment"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_already_enabled_or_mfa_requires_local_password"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    startCandidate: {
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
                    password: string;
                    response?: components["schemas"]["PasskeyAnswer"];
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
                    "application/json": components["schemas"]["Enrollment"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_invalid_credentials_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_not_enabled_or_mfa_requires_local_password"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    removeCandidate: {
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    confirmCandidate: {
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
                };
            };
        };
        responses: {
            /** @description the authenticator app that takes the place of the present one with the first sign-in by a code of it; until then the present one works */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CandidateApp"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["no_pending_enrollment"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    checkAuthenticator: {
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
                    "application/json": components["schemas"]["CheckedAuthenticator"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_not_enabled"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    /** @description the re-enrollment pass that an admin read out after a reset, or that was mailed to the recovery address; case, spaces and dashes are forgiven */
                    pass?: string;
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
                    "application/json": components["schemas"]["ConfirmedEnrollment"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_invalid_credentials_or_pass_required_or_reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_already_enabled_or_mfa_not_enabled_or_mfa_requires_local_password_or_no_pending_enrollment"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    removeAuthenticator: {
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
                    password: string;
                    response?: components["schemas"]["PasskeyAnswer"];
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_invalid_credentials_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_not_enabled"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    reportNotMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: uuid
                     * @description of `GET /me/events`, where it is about one
                     */
                    eventId?: string;
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
                    "application/json": components["schemas"]["NotMeReport"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    response?: components["schemas"]["PasskeyAnswer"];
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_invalid_credentials_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["no_local_password"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["weak_password"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    getRecoveryAddress: {
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
                    "application/json": components["schemas"]["RecoveryAddress"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    nameRecoveryAddress: {
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
                    address: string;
                    /** @description TOTP code or backup code */
                    code?: string;
                    password: string;
                    response?: components["schemas"]["PasskeyAnswer"];
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_invalid_credentials_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_local_sign_in_disabled_or_mfa_enrollment_required_or_not_for_service_accounts_or_recovery_disabled"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["mfa_not_enabled_or_mfa_requires_local_password"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    removeRecoveryAddress: {
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
                    password: string;
                    response?: components["schemas"]["PasskeyAnswer"];
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["invalid_code_or_invalid_credentials_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    revokeSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000009
                 */
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    listOrganizations: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /**
                 * @description how many at most
                 * @example 1
                 */
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
                    "application/json": components["schemas"]["OrganizationPage"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description of your choice and new for each thing you make, such as a UUID: a request that is repeated with it makes nothing twice and answers with what was made */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOrganization"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["slug_taken"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    getOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-00000000001f
                 */
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
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    updateOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-00000000001f
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationChanges"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["slug_taken"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    listDomains: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
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
                    "application/json": components["schemas"]["DomainList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    addDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description domain of email addresses */
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
                    "application/json": components["schemas"]["Domain"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["domain_taken"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    removeDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
                id: string;
                /**
                 * @description domain of email addresses
                 * @example acme-labs.example
                 */
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["no_working_sso"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    verifyDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
                id: string;
                /**
                 * @description domain of email addresses
                 * @example acme-labs.example
                 */
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
                    "application/json": components["schemas"]["Domain"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["domain_taken"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["domain_not_proved"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            502: components["responses"]["provider_unavailable"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    readSamlMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
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
                    "application/json": components["schemas"]["SamlMetadata"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid_metadata"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            502: components["responses"]["provider_unavailable"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    listServiceAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
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
                    "application/json": components["schemas"]["ServiceAccountList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    createServiceAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description of your choice and new for each thing you make, such as a UUID: a request that is repeated with it makes nothing twice and answers with what was made */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewServiceAccount"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedServiceAccount"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["key_already_shown_or_too_many_service_accounts"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    revokeServiceAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000020
                 */
                accountId: string;
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
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
                    "application/json": components["schemas"]["Settings"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    updateSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsChanges"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["no_working_sso"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["weaker_than_partner"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    previewSettings: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description whom `users` lists */
                group?: "ready" | "otherwise" | "in_grace" | "stranded";
                /**
                 * @description how many at most
                 * @example 2
                 */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsChanges"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsPreview"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["no_working_sso"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    listSsoConnections: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
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
                    "application/json": components["schemas"]["SsoConnectionList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    createSsoConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description of your choice and new for each thing you make, such as a UUID: a request that is repeated with it makes nothing twice and answers with what was made */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSsoConnection"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    /** @description the version, to send as If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SsoConnection"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    getSsoConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000021
                 */
                connectionId: string;
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    /** @description the version, to send as If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SsoConnection"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    deleteSsoConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag as it is known; 412 when somebody was faster */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000021
                 */
                connectionId: string;
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["no_working_sso"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    updateSsoConnection: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag as it is known; 412 when somebody was faster
                 * @example "1"
                 */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000021
                 */
                connectionId: string;
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SsoConnectionChanges"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    /** @description the version, to send as If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SsoConnection"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["no_working_sso"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    discardSsoConnectionChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag as it is known; 412 when somebody was faster */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000021
                 */
                connectionId: string;
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    getSsoTestResult: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000021
                 */
                connectionId: string;
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
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
                        result: components["schemas"]["SsoTestResult"] | null;
                    };
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    testSsoConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000021
                 */
                connectionId: string;
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000002
                 */
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            502: components["responses"]["provider_unavailable"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    getProblem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description `code` of the problem
                 * @example invalid_code
                 */
                code: "invalid_request" | "unauthenticated" | "invalid_credentials" | "reauthentication_required" | "invalid_code" | "invalid_passkey" | "pass_required" | "challenge_expired" | "session_expired" | "refresh_token_reused" | "forbidden" | "cross_site_request" | "cross_site_sign_in" | "not_for_service_accounts" | "mfa_enrollment_required" | "passwordless_disabled" | "recovery_disabled" | "local_sign_in_disabled" | "not_found" | "request_timeout" | "mfa_already_enabled" | "mfa_not_enabled" | "mfa_requires_local_password" | "no_local_password" | "no_pending_enrollment" | "passkey_already_added" | "too_many_passkeys" | "key_already_shown" | "too_many_service_accounts" | "email_taken" | "slug_taken" | "use_own_settings" | "last_admin" | "no_working_sso" | "domain_taken" | "identity_already_linked" | "not_linkable" | "last_way_in" | "no_pass_awaited" | "reset_waits" | "no_reset_waits" | "not_invited" | "not_sealed_yet" | "invalid_token" | "precondition_failed" | "body_too_large" | "unsupported_media_type" | "idempotency_key_reused" | "weak_password" | "invalid_status" | "cannot_enable_mfa_for_user" | "invalid_organization" | "passkey_not_allowed" | "domain_not_proved" | "weaker_than_partner" | "invalid_metadata" | "too_many_attempts" | "headers_too_large" | "internal_error" | "provider_unavailable" | "overloaded" | "unavailable";
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
                    "application/json": components["schemas"]["ProblemKind"];
                };
            };
            400: components["responses"]["invalid_request"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    getServiceAccount: {
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
                    "application/json": components["schemas"]["OwnServiceAccount"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    exchangeToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description URL of the service; it has to refuse a token whose `aud` is another */
                    audience: string;
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
                    "application/json": components["schemas"]["ExchangedToken"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["cross_site_request_or_mfa_enrollment_required"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description false for a user who signs in through SSO only */
                hasPassword?: boolean;
                /** @description only those who did not sign in at that time or later, or never */
                lastSignInBefore?: string;
                /**
                 * @description how many at most
                 * @example 2
                 */
                limit?: number;
                /** @description whether two-factor authentication is on */
                mfaEnabled?: boolean;
                /** @description UUIDv7 */
                organizationId?: string;
                /**
                 * @description part of the name or the email address, in any case
                 * @example acme
                 */
                q?: string;
                /** @description only those of this role */
                role?: "admin" | "member";
                /** @description the order; `-` turns it round. Whoever never signed in comes before all who did */
                sort?: "email" | "name" | "lastSignInAt" | "-email" | "-name" | "-lastSignInAt";
                /** @description only those of this status */
                status?: "active" | "invited" | "disabled";
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
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description of your choice and new for each thing you make, such as a UUID: a request that is repeated with it makes nothing twice and answers with what was made */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    /** @description the version, to send as If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_local_sign_in_disabled_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["email_taken"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused_or_weak_password"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000018
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    /** @description the version, to send as If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description ETag as it is known; 412 when somebody was faster
                 * @example "1"
                 */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000018
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChanges"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    /** @description the version, to send as If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdatedUser"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["last_admin_or_mfa_not_enabled_or_no_working_sso_or_reset_waits_or_use_own_settings"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["cannot_enable_mfa_for_user_or_invalid_status"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    eraseUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-00000000001b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description address of the user, as confirmation */
                    email: string;
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["last_admin"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    exportUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000018
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description everything that is kept of a person; no hash, key, code or token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalData"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    listUserIdentities: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000001
                 */
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
                    "application/json": components["schemas"]["LinkedIdentityOfUserList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    unlinkUserIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000018
                 */
                id: string;
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000024
                 */
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["last_way_in"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    sendInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000018
                 */
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_local_sign_in_disabled_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["not_invited"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    removePassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000014
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    /** @description the version, to send as If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["last_admin_or_no_local_password_or_no_working_sso_or_use_own_settings"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    stopMfaReset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000001
                 */
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["no_reset_waits"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    approveMfaReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag as it is known; 412 when somebody was faster */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000001
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    /** @description the version, to send as If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdatedUser"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["no_reset_waits"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    issueReenrollmentPass: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000001
                 */
                id: string;
            };
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
                    "application/json": components["schemas"]["IssuedReenrollmentPass"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["no_pass_awaited"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    getUserSecurity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000001
                 */
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
                    "application/json": components["schemas"]["UserSecurity"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden_or_mfa_enrollment_required"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
    mailSsoLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description UUIDv7
                 * @example 019ca95d-4a00-7000-8000-000000000014
                 */
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
            400: components["responses"]["invalid_request"];
            401: components["responses"]["reauthentication_required_or_unauthenticated"];
            403: components["responses"]["cross_site_request_or_forbidden_or_mfa_enrollment_required_or_not_for_service_accounts"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["not_linkable"];
            413: components["responses"]["body_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_attempts"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["overloaded_or_unavailable"];
        };
    };
}
