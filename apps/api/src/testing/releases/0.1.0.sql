
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE TYPE public.access AS ENUM (
    'read_write',
    'read_only'
);

CREATE TYPE public.audit_outcome AS ENUM (
    'success',
    'failure'
);

CREATE TYPE public.emailed_token_purpose AS ENUM (
    'invitation',
    'password_reset',
    'sso_link'
);

CREATE TYPE public.organization_kind AS ENUM (
    'partner',
    'customer'
);

CREATE TYPE public.role AS ENUM (
    'admin',
    'member'
);

CREATE TYPE public.session_method AS ENUM (
    'password',
    'sso'
);

CREATE TYPE public.sso_kind AS ENUM (
    'entra',
    'google',
    'oidc',
    'saml'
);

CREATE TYPE public.sso_mfa_policy AS ENUM (
    'trust_provider',
    'require_local'
);

CREATE TYPE public.sso_provisioning AS ENUM (
    'invite_only',
    'jit'
);

CREATE TYPE public.sso_purpose AS ENUM (
    'sign_in',
    'link',
    'test'
);

CREATE TYPE public.user_status AS ENUM (
    'active',
    'invited',
    'disabled'
);

CREATE FUNCTION public.netstring(field text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN COALESCE((((octet_length(field) || ':'::text) || field) || ','::text), '-,'::text);

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.audit_events (
    sequence bigint NOT NULL,
    id uuid NOT NULL,
    occurred_at timestamp(3) with time zone NOT NULL,
    action text NOT NULL,
    outcome public.audit_outcome NOT NULL,
    actor_id uuid,
    actor_name text,
    subject_id uuid,
    subject_name text,
    organization_id uuid,
    address text,
    user_agent text,
    request_id text,
    details jsonb NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL
);

CREATE FUNCTION public.audit_event_hash(event public.audit_events) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sha256(((event).previous_hash || convert_to((((((((((((((public.netstring(((event).sequence)::text) || public.netstring(((event).id)::text)) || public.netstring((((EXTRACT(epoch FROM (event).occurred_at) * (1000)::numeric))::bigint)::text)) || public.netstring((event).action)) || public.netstring(((event).outcome)::text)) || public.netstring(((event).actor_id)::text)) || public.netstring((event).actor_name)) || public.netstring(((event).subject_id)::text)) || public.netstring((event).subject_name)) || public.netstring(((event).organization_id)::text)) || public.netstring((event).address)) || public.netstring((event).user_agent)) || public.netstring((event).request_id)) || public.netstring(((event).details)::text)), 'UTF8'::name)));

CREATE FUNCTION public.audit_events_append() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  head audit_chain;
BEGIN
  SELECT * INTO STRICT head FROM audit_chain WHERE id = 1 FOR UPDATE;
  NEW.sequence := head.sequence + 1;
  NEW.previous_hash := head.hash;
  NEW.hash := audit_event_hash(NEW);
  UPDATE audit_chain SET sequence = NEW.sequence, hash = NEW.hash WHERE id = 1;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.audit_events_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  RAISE EXCEPTION '% is append-only, % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION public.organizations_check_partner() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind THEN
    RAISE EXCEPTION 'the kind of an organization never changes'
      USING ERRCODE = 'check_violation', TABLE = 'organizations', CONSTRAINT = 'organizations_kind_fixed';
  END IF;
  IF NEW.partner_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM organizations WHERE id = NEW.partner_id AND kind = 'partner') THEN
    RAISE EXCEPTION 'the partner of an organization must be of kind partner'
      USING ERRCODE = 'check_violation', TABLE = 'organizations', CONSTRAINT = 'organizations_partner_kind';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION public.search_trigrams(words text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY(SELECT DISTINCT substr(folded.folded, place.place, 3) AS substr FROM lower(search_trigrams.words) folded(folded), LATERAL generate_series(1, (length(folded.folded) - 2)) place(place));

CREATE TABLE public._prisma_migrations (
    id character varying(36) NOT NULL,
    checksum character varying(64) NOT NULL,
    finished_at timestamp with time zone,
    migration_name character varying(255) NOT NULL,
    logs text,
    rolled_back_at timestamp with time zone,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    applied_steps_count integer DEFAULT 0 NOT NULL
);

CREATE TABLE public.attempt_counts (
    key text NOT NULL,
    failures integer NOT NULL,
    blocked_until timestamp(3) with time zone,
    day_started_at timestamp(3) with time zone NOT NULL,
    day_failures integer NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT attempt_counts_failures_check CHECK (((failures >= 0) AND (day_failures >= 0)))
);

CREATE TABLE public.audit_chain (
    id integer DEFAULT 1 NOT NULL,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_chain_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT audit_chain_one_row_check CHECK ((id = 1))
);

CREATE TABLE public.backup_code_sets (
    user_id uuid NOT NULL,
    salt bytea NOT NULL,
    created_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE public.backup_codes (
    user_id uuid NOT NULL,
    hash bytea NOT NULL,
    spent_at timestamp(3) with time zone
);

CREATE TABLE public.domains (
    name text NOT NULL,
    organization_id uuid NOT NULL,
    verified_at timestamp(3) with time zone,
    verification_token text DEFAULT (gen_random_uuid())::text NOT NULL,
    checked_at timestamp(3) with time zone,
    missing_since timestamp(3) with time zone,
    CONSTRAINT domains_name_check CHECK (((name = lower((name COLLATE "C"))) AND (name <> ''::text)))
);

CREATE TABLE public.emailed_tokens (
    hash bytea NOT NULL,
    user_id uuid NOT NULL,
    purpose public.emailed_token_purpose NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL,
    consumed_at timestamp(3) with time zone,
    CONSTRAINT emailed_tokens_hash_check CHECK ((octet_length(hash) = 32))
);

CREATE TABLE public.encryption_key_checks (
    key_id text NOT NULL,
    sealed bytea NOT NULL
);

CREATE TABLE public.federated_identities (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    tenant_id text,
    email text,
    linked_at timestamp(3) with time zone NOT NULL,
    last_sign_in_at timestamp(3) with time zone,
    CONSTRAINT federated_identities_subject_check CHECK (((issuer <> ''::text) AND (subject <> ''::text)))
);

CREATE TABLE public.known_devices (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    last_used_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT known_devices_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

CREATE TABLE public.local_credentials (
    user_id uuid NOT NULL,
    password_hash text NOT NULL,
    changed_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE public.organizations (
    id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    kind public.organization_kind NOT NULL,
    partner_id uuid,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL,
    local_sign_in_enabled boolean,
    minimum_password_length integer,
    session_lifetime_minutes integer,
    session_idle_minutes integer,
    CONSTRAINT organizations_kind_partner_check CHECK (((kind = 'customer'::public.organization_kind) = (partner_id IS NOT NULL))),
    CONSTRAINT organizations_minimum_password_length_check CHECK (((minimum_password_length >= 8) AND (minimum_password_length <= 64))),
    CONSTRAINT organizations_session_idle_minutes_check CHECK (((session_idle_minutes >= 10) AND (session_idle_minutes <= 60))),
    CONSTRAINT organizations_session_lifetime_minutes_check CHECK (((session_lifetime_minutes >= 15) AND (session_lifetime_minutes <= 1440)))
);

CREATE TABLE public.outgoing_mails (
    id uuid NOT NULL,
    message bytea NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp(3) with time zone NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT outgoing_mails_attempts_check CHECK ((attempts >= 0))
);

CREATE TABLE public.pending_enrollments (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    secret bytea NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE public.refresh_tokens (
    hash bytea NOT NULL,
    session_id uuid NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    used_at timestamp(3) with time zone,
    CONSTRAINT refresh_tokens_hash_check CHECK ((octet_length(hash) = 32))
);

CREATE TABLE public.saml_assertions (
    connection_id uuid NOT NULL,
    assertion_id text NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    method public.session_method NOT NULL,
    aal integer NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    last_seen_at timestamp(3) with time zone NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL,
    idle_seconds integer NOT NULL,
    revoked_at timestamp(3) with time zone,
    user_agent text NOT NULL,
    address text NOT NULL,
    connection_id uuid,
    federation jsonb,
    CONSTRAINT sessions_aal_check CHECK ((aal = ANY (ARRAY[1, 2]))),
    CONSTRAINT sessions_idle_seconds_check CHECK ((idle_seconds > 0)),
    CONSTRAINT sessions_method_connection_check CHECK (((method = 'sso'::public.session_method) OR (connection_id IS NULL)))
);

CREATE TABLE public.sign_in_challenges (
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL,
    consumed_at timestamp(3) with time zone,
    connection_id uuid,
    federation jsonb,
    method public.session_method DEFAULT 'password'::public.session_method NOT NULL,
    CONSTRAINT sign_in_challenges_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT sign_in_challenges_method_connection_check CHECK (((method = 'sso'::public.session_method) = (connection_id IS NOT NULL))),
    CONSTRAINT sign_in_challenges_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

CREATE TABLE public.signing_keys (
    id text NOT NULL,
    public_jwk jsonb NOT NULL,
    private_key bytea NOT NULL,
    created_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE public.sso_connection_domains (
    connection_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    domain_name text NOT NULL
);

CREATE TABLE public.sso_connections (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    name text NOT NULL,
    kind public.sso_kind NOT NULL,
    enabled boolean NOT NULL,
    provisioning public.sso_provisioning NOT NULL,
    mfa_policy public.sso_mfa_policy NOT NULL,
    config jsonb NOT NULL,
    secrets bytea NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    last_sign_in_at timestamp(3) with time zone,
    last_failure jsonb,
    last_test jsonb,
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT sso_connections_config_check CHECK ((jsonb_typeof(config) = 'object'::text)),
    CONSTRAINT sso_connections_version_check CHECK ((version > 0))
);

CREATE TABLE public.sso_transactions (
    id uuid NOT NULL,
    purpose public.sso_purpose NOT NULL,
    connection_id uuid NOT NULL,
    connection_version integer NOT NULL,
    user_id uuid,
    session_id uuid,
    state_hash bytea NOT NULL,
    secrets bytea NOT NULL,
    browser_hash bytea NOT NULL,
    return_to text NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL,
    consumed_at timestamp(3) with time zone,
    code_hash bytea,
    CONSTRAINT sso_transactions_hashes_check CHECK (((octet_length(state_hash) = 32) AND (octet_length(browser_hash) = 32) AND (octet_length(code_hash) = 32))),
    CONSTRAINT sso_transactions_purpose_user_check CHECK ((((purpose = 'sign_in'::public.sso_purpose) = (user_id IS NULL)) AND ((user_id IS NULL) = (session_id IS NULL))))
);

CREATE TABLE public.totp_authenticators (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    secret bytea NOT NULL,
    last_step integer NOT NULL,
    enrolled_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT totp_authenticators_last_step_check CHECK ((last_step >= 0))
);

CREATE TABLE public.users (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    role public.role NOT NULL,
    access public.access NOT NULL,
    status public.user_status NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    last_sign_in_at timestamp(3) with time zone,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT users_email_check CHECK (((email = lower((email COLLATE "C"))) AND (email <> ''::text))),
    CONSTRAINT users_version_check CHECK ((version > 0))
);

INSERT INTO public._prisma_migrations VALUES ('110570cc-2ab9-4370-b4c9-a79ce5b47243', '7ad81a9f1d1bb7bdb3a527eba413f17dda685d475000910a4e0db66460853881', '2026-11-29 03:08:10.798+00', '20261124140000_init', NULL, NULL, '2026-11-29 03:08:10.041+00', 1);
INSERT INTO public._prisma_migrations VALUES ('6d9b994a-e75b-4992-88ff-97c933f957c1', '32061812fbd919c45589882a5005c07a39a986e52faf07e3f90ca66387d30f1e', '2026-11-29 03:08:11.151+00', '20261124143449_sso', NULL, NULL, '2026-11-29 03:08:10.802+00', 1);
INSERT INTO public._prisma_migrations VALUES ('4caeb80b-6c85-4d7f-ae56-a7d642a497c5', 'e0c27631d7766dbafc2bb415ad3a49e2eebd0279f6b67bfc04d84f493e58fa51', '2026-11-29 03:08:11.221+00', '20261126072035_recheck_domains', NULL, NULL, '2026-11-29 03:08:11.195+00', 1);
INSERT INTO public._prisma_migrations VALUES ('4a1358af-7b25-4f20-bfa0-b07d649b5b67', '57490cc225a7cbe50b142b4a5eeeca6576f378a95f8293d94c8f04b9a1f8e344', '2026-11-29 03:08:11.297+00', '20261126151626_mailed_sso_links', NULL, NULL, '2026-11-29 03:08:11.233+00', 1);

INSERT INTO public.attempt_counts VALUES ('password:pBGn_L-7PA-99fBhw1HrfjPK1ZVn_dVbh9zD-xRSZ0Y', 0, NULL, '2026-11-29 03:09:22.249+00', 0, '2026-11-29 03:09:23.089+00');
INSERT INTO public.attempt_counts VALUES ('reauthentication:01a22546-9ba4-75bc-9eea-8a3b45366d31', 0, NULL, '2026-11-29 03:09:25.773+00', 0, '2026-11-29 03:09:26.583+00');
INSERT INTO public.attempt_counts VALUES ('second-factor:01a22546-9ba4-75bc-9eea-8a3b45366d31', 0, NULL, '2026-11-29 03:09:26.591+00', 0, '2026-11-29 03:09:28.758+00');

INSERT INTO public.audit_chain VALUES (1, 5, '\x143d5a9cb78e756a8fa36ba2aa1ed8a3205b0b0b6d9e651f1ceb8f84acc80007');

INSERT INTO public.audit_events VALUES (1, '01a22546-9e14-711d-ba73-c66b89572a38', '2026-11-29 03:08:34.708+00', 'seed.applied', 'success', NULL, 'operator: seed', NULL, NULL, NULL, NULL, NULL, NULL, '{"usersCreated": 3, "usersUpdated": 0, "domainsVerified": 1, "organizationsCreated": 1, "organizationsUpdated": 0}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xf87f28bc1416e0ca5e8deac10a5677eef7cd34b963a1e84c9402cf8cfcc36996');
INSERT INTO public.audit_events VALUES (2, '01a22547-5b12-7664-8ca2-634b248a58cf', '2026-11-29 03:09:23.09+00', 'session.signed_in', 'success', '01a22546-9ba4-75bc-9eea-8a3b45366d31', 'ola@harbour.example', '01a22546-9ba4-75bc-9eea-8a3b45366d31', 'ola@harbour.example', '01a22546-9ba3-7444-91c8-df63ad597545', '127.0.0.1', 'node', '01a22547-5743-77a4-8620-f8ec09e4d692', '{"method": "password", "sessionId": "01a22547-5b11-7237-bde8-eaee9674226d", "secondFactor": null}', '\xf87f28bc1416e0ca5e8deac10a5677eef7cd34b963a1e84c9402cf8cfcc36996', '\x8633fd38fb72f36985474212e30757b3de0ba541653db7b54c74979361fd6f7f');
INSERT INTO public.audit_events VALUES (3, '01a22547-5e81-76fe-b05e-7fd2742c90f9', '2026-11-29 03:09:23.969+00', 'mfa.enrollment_started', 'success', '01a22546-9ba4-75bc-9eea-8a3b45366d31', 'ola@harbour.example', '01a22546-9ba4-75bc-9eea-8a3b45366d31', 'ola@harbour.example', '01a22546-9ba3-7444-91c8-df63ad597545', '127.0.0.1', 'node', '01a22547-5d4e-756f-99ad-d57c6c488b6c', '{}', '\x8633fd38fb72f36985474212e30757b3de0ba541653db7b54c74979361fd6f7f', '\xc82fb5805656777948287dcebec9da9a2196408361adfbd4fb1e9754bcc8a312');
INSERT INTO public.audit_events VALUES (4, '01a22547-71ff-71b0-82d3-7c48937da126', '2026-11-29 03:09:28.959+00', 'mfa.enabled', 'success', '01a22546-9ba4-75bc-9eea-8a3b45366d31', 'ola@harbour.example', '01a22546-9ba4-75bc-9eea-8a3b45366d31', 'ola@harbour.example', '01a22546-9ba3-7444-91c8-df63ad597545', '127.0.0.1', 'node', '01a22547-640c-7668-b962-2f410765fac4', '{}', '\xc82fb5805656777948287dcebec9da9a2196408361adfbd4fb1e9754bcc8a312', '\x4e7e1178eb14498490952c8372bff21fb3bb7d188c7a3519c4f6e46fba533520');
INSERT INTO public.audit_events VALUES (5, '01a22547-7519-736f-944d-517e00965284', '2026-11-29 03:09:29.753+00', 'organization.created', 'success', '01a22546-9ba4-75bc-9eea-8a3b45366d31', 'ola@harbour.example', NULL, NULL, '01a22547-7407-757f-ba16-1e83abc584b6', '127.0.0.1', 'node', '01a22547-72ab-7002-bf36-b418ba3d9af1', '{"name": "Pier", "slug": "pier"}', '\x4e7e1178eb14498490952c8372bff21fb3bb7d188c7a3519c4f6e46fba533520', '\x143d5a9cb78e756a8fa36ba2aa1ed8a3205b0b0b6d9e651f1ceb8f84acc80007');

INSERT INTO public.backup_code_sets VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '\x6913cd4fd8eb4bfae6731be257ff731c', '2026-11-29 03:09:26.595+00');

INSERT INTO public.backup_codes VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '\x1ab5d55c11f78b2b50e633f8912adfd34e85cef4edee8ed0ceee6390d5977427', NULL);
INSERT INTO public.backup_codes VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '\x1f3b56574c6f90f5a9875661c3ceeac3f9488948c3486f1d1ad8bad3facfa189', NULL);
INSERT INTO public.backup_codes VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '\x6c88ae87e1ac1f9b8a39239dfc4bb91749dc72d17c8f9d50c83f14da5992264c', NULL);
INSERT INTO public.backup_codes VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '\x1c8821e5dd0b6f103bb27022c30cbc7395aa887c5cf3639f20d685fbc849506a', NULL);
INSERT INTO public.backup_codes VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '\x89e512b68f326c0206f2979564f62b6a82b2a617575ece8cee010838181961b8', NULL);
INSERT INTO public.backup_codes VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '\x8e9d31a6010985449dea7e7a03ada3e6fbd0c43d8a4e89c4d0a0ee0329ac6206', NULL);
INSERT INTO public.backup_codes VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '\xed2e658c2ac797525540eef7a6195e77f47b31c1ff516fad2a353e5d75768050', NULL);
INSERT INTO public.backup_codes VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '\x8ce97dd2f509f283a6973301ee59127ab647aab0335cf7bc8a075b7036b3268d', NULL);
INSERT INTO public.backup_codes VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '\xcf154bb7a714a449c87234dfbfcb02f1076e5241c08bca8a724ba06fb490e15e', NULL);
INSERT INTO public.backup_codes VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '\x51390c04f772f89ebf1223b7b909c6cec09a08a32ee6185a5109ff3d5f7342f8', NULL);

INSERT INTO public.domains VALUES ('harbour.example', '01a22546-9ba3-7444-91c8-df63ad597545', '2026-11-29 03:08:34.107+00', 'e57347a9-8d27-4f0b-8d92-435c3ad28a34', NULL, NULL);

INSERT INTO public.encryption_key_checks VALUES ('fixture', '\x01076669787475726512997059d3b9a52c38588f5113c30fbe87d298348acc1242bafc608eb59b84bf1431453999babad4633f259f1a8d15a59b34d5ac0e13475b016411380d81196076d99d7650a3b85fdc794f8de4');

INSERT INTO public.known_devices VALUES ('01a22547-5b12-7664-8ca2-6680aa22a83d', '01a22546-9ba4-75bc-9eea-8a3b45366d31', '\x813e30ef58d6012742309b58a12b9e5be8ff0174b59c157fef1269170201249e', '2026-11-29 03:09:23.089+00');

INSERT INTO public.local_credentials VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '$argon2id$v=19$m=19456,t=2,p=1$wLKv8F1XIQm88rn+sk0TYg$Pn6ZUD9hOOQCecd5Qs48ux+fGyli7qoCEQb7LKFeo+c', '2026-11-29 03:08:34.262+00');
INSERT INTO public.local_credentials VALUES ('01a22546-9ba4-75bc-9eea-8decdd98589f', '$argon2id$v=19$m=19456,t=2,p=1$66gVbwhtVFwE4CKg2KFxhA$vfrjYql1JpcfERkV/Wi7ozOhNjjZKJsQvbo7EyXxoDY', '2026-11-29 03:08:34.262+00');

INSERT INTO public.organizations VALUES ('01a22546-9ba3-7444-91c8-df63ad597545', 'harbour', 'Harbour Services', 'partner', NULL, '2026-11-29 03:08:34.107+00', '2026-11-29 03:08:34.107+00', NULL, NULL, NULL, NULL);
INSERT INTO public.organizations VALUES ('01a22547-7407-757f-ba16-1e83abc584b6', 'pier', 'Pier', 'customer', '01a22546-9ba3-7444-91c8-df63ad597545', '2026-11-29 03:09:29.479+00', '2026-11-29 03:09:29.479+00', NULL, NULL, NULL, NULL);

INSERT INTO public.refresh_tokens VALUES ('\xf111f100ac0696c1a361898c7347f31aec7f1010c0411f533658613fa58a875a', '01a22547-5b11-7237-bde8-eaee9674226d', '2026-11-29 03:09:23.089+00', NULL);
INSERT INTO public.refresh_tokens VALUES ('\xa45f06df5195c416700d617de0bfeabdb252f0d7448ccb3185ca96eebc8d4cfb', '01a22547-71b7-77ba-bbf7-0107fa325526', '2026-11-29 03:09:28.886+00', NULL);

INSERT INTO public.sessions VALUES ('01a22547-5b11-7237-bde8-eaee9674226d', '01a22546-9ba4-75bc-9eea-8a3b45366d31', 'password', 1, '2026-11-29 03:09:23.089+00', '2026-11-29 03:09:23.089+00', '2026-11-29 15:09:23.089+00', 3600, '2026-11-29 03:09:28.886+00', 'node', '127.0.0.1', NULL, NULL);
INSERT INTO public.sessions VALUES ('01a22547-71b7-77ba-bbf7-0107fa325526', '01a22546-9ba4-75bc-9eea-8a3b45366d31', 'password', 2, '2026-11-29 03:09:28.886+00', '2026-11-29 03:09:28.886+00', '2026-11-29 15:09:28.886+00', 3600, NULL, 'node', '127.0.0.1', NULL, NULL);

INSERT INTO public.signing_keys VALUES ('0LfiyD8xifOwS8MyPzgXroEgW8O7oo-oaPdsg08SJbM', '{"x": "CPIeABjGCjjlEVQ-0RTpgw-0lsOIuklRzeTQCdDOqa8", "alg": "EdDSA", "crv": "Ed25519", "kid": "0LfiyD8xifOwS8MyPzgXroEgW8O7oo-oaPdsg08SJbM", "kty": "OKP", "use": "sig"}', '\x010766697874757265f905f48df6aab610be629bb272f49facec557f6d72fb0e39406a4cd6d72c696a8fcd210abe2823c096c343e298d27f926e86bc20216a82df8c98964f4bfc18b74f62502dd991dcdfd59d689959dd854095c0a907dd7293cc3b84fa8e18a250a22c215700c34e12f61f4f8b99dbba2a017f50ac020a5d78186db8c59cbec062e7f3cbc9bcb3024bb208b02d9000aea6a82f2816', '2026-11-29 03:08:33.093+00');

INSERT INTO public.totp_authenticators VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '01a22547-5dc0-74e2-adce-69e77a2193ae', '\x01076669787475726563a5a2cf06bad522b9252901fda0004bc1271243a7dc849e5cdf87290249879c74e48e34c3c4b71bc331273d59e8091c', 59864058, '2026-11-29 03:09:26.595+00');

INSERT INTO public.users VALUES ('01a22546-9ba4-75bc-9eea-8decdd98589f', '01a22546-9ba3-7444-91c8-df63ad597545', 'max@harbour.example', 'Max', 'member', 'read_only', 'active', 1, NULL, '2026-11-29 03:08:34.262+00', '2026-11-29 03:08:34.262+00');
INSERT INTO public.users VALUES ('01a22546-9ba4-75bc-9eea-92b3aa87b237', '01a22546-9ba3-7444-91c8-df63ad597545', 'sam@harbour.example', 'Sam', 'member', 'read_only', 'active', 1, NULL, '2026-11-29 03:08:34.262+00', '2026-11-29 03:08:34.262+00');
INSERT INTO public.users VALUES ('01a22546-9ba4-75bc-9eea-8a3b45366d31', '01a22546-9ba3-7444-91c8-df63ad597545', 'ola@harbour.example', 'Ola', 'admin', 'read_write', 'active', 1, '2026-11-29 03:09:23.089+00', '2026-11-29 03:08:34.262+00', '2026-11-29 03:08:34.262+00');

ALTER TABLE ONLY public._prisma_migrations
    ADD CONSTRAINT _prisma_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.attempt_counts
    ADD CONSTRAINT attempt_counts_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.audit_chain
    ADD CONSTRAINT audit_chain_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT audit_events_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY public.backup_code_sets
    ADD CONSTRAINT backup_code_sets_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.backup_codes
    ADD CONSTRAINT backup_codes_pkey PRIMARY KEY (user_id, hash);

ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_pkey PRIMARY KEY (organization_id, name);

ALTER TABLE ONLY public.emailed_tokens
    ADD CONSTRAINT emailed_tokens_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.encryption_key_checks
    ADD CONSTRAINT encryption_key_checks_pkey PRIMARY KEY (key_id);

ALTER TABLE ONLY public.federated_identities
    ADD CONSTRAINT federated_identities_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.known_devices
    ADD CONSTRAINT known_devices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.local_credentials
    ADD CONSTRAINT local_credentials_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outgoing_mails
    ADD CONSTRAINT outgoing_mails_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pending_enrollments
    ADD CONSTRAINT pending_enrollments_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.saml_assertions
    ADD CONSTRAINT saml_assertions_pkey PRIMARY KEY (connection_id, assertion_id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_challenges
    ADD CONSTRAINT sign_in_challenges_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.signing_keys
    ADD CONSTRAINT signing_keys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sso_connection_domains
    ADD CONSTRAINT sso_connection_domains_pkey PRIMARY KEY (connection_id, domain_name);

ALTER TABLE ONLY public.sso_connections
    ADD CONSTRAINT sso_connections_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sso_transactions
    ADD CONSTRAINT sso_transactions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.totp_authenticators
    ADD CONSTRAINT totp_authenticators_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

CREATE INDEX attempt_counts_updated_at_idx ON public.attempt_counts USING btree (updated_at);

CREATE UNIQUE INDEX audit_events_id_key ON public.audit_events USING btree (id);

CREATE INDEX audit_events_organization_id_sequence_idx ON public.audit_events USING btree (organization_id, sequence);

CREATE INDEX audit_events_subject_id_sequence_idx ON public.audit_events USING btree (subject_id, sequence);

CREATE INDEX domains_name_idx ON public.domains USING btree (name);

CREATE UNIQUE INDEX domains_one_owner_idx ON public.domains USING btree ((
CASE
    WHEN (verified_at IS NOT NULL) THEN name
    ELSE NULL::text
END));

CREATE INDEX emailed_tokens_user_id_idx ON public.emailed_tokens USING btree (user_id);

CREATE UNIQUE INDEX federated_identities_connection_id_issuer_subject_key ON public.federated_identities USING btree (connection_id, issuer, subject);

CREATE UNIQUE INDEX federated_identities_connection_id_user_id_key ON public.federated_identities USING btree (connection_id, user_id);

CREATE INDEX federated_identities_user_id_idx ON public.federated_identities USING btree (user_id);

CREATE UNIQUE INDEX known_devices_user_id_token_hash_key ON public.known_devices USING btree (user_id, token_hash);

CREATE INDEX organizations_partner_id_idx ON public.organizations USING btree (partner_id);

CREATE UNIQUE INDEX organizations_slug_key ON public.organizations USING btree (slug);

CREATE INDEX outgoing_mails_next_attempt_at_idx ON public.outgoing_mails USING btree (next_attempt_at);

CREATE UNIQUE INDEX pending_enrollments_id_key ON public.pending_enrollments USING btree (id);

CREATE INDEX pending_enrollments_session_id_idx ON public.pending_enrollments USING btree (session_id);

CREATE INDEX refresh_tokens_session_id_idx ON public.refresh_tokens USING btree (session_id);

CREATE INDEX saml_assertions_expires_at_idx ON public.saml_assertions USING btree (expires_at);

CREATE INDEX sessions_connection_id_idx ON public.sessions USING btree (connection_id);

CREATE INDEX sessions_expires_at_idx ON public.sessions USING btree (expires_at);

CREATE INDEX sessions_user_id_idx ON public.sessions USING btree (user_id);

CREATE INDEX sign_in_challenges_expires_at_idx ON public.sign_in_challenges USING btree (expires_at);

CREATE UNIQUE INDEX sign_in_challenges_token_hash_key ON public.sign_in_challenges USING btree (token_hash);

CREATE INDEX sign_in_challenges_user_id_idx ON public.sign_in_challenges USING btree (user_id);

CREATE INDEX sso_connection_domains_organization_id_domain_name_idx ON public.sso_connection_domains USING btree (organization_id, domain_name);

CREATE UNIQUE INDEX sso_connections_id_organization_id_key ON public.sso_connections USING btree (id, organization_id);

CREATE INDEX sso_connections_organization_id_id_idx ON public.sso_connections USING btree (organization_id, id);

CREATE UNIQUE INDEX sso_transactions_code_hash_key ON public.sso_transactions USING btree (code_hash);

CREATE INDEX sso_transactions_connection_id_idx ON public.sso_transactions USING btree (connection_id);

CREATE INDEX sso_transactions_expires_at_idx ON public.sso_transactions USING btree (expires_at);

CREATE INDEX sso_transactions_session_id_idx ON public.sso_transactions USING btree (session_id);

CREATE UNIQUE INDEX sso_transactions_state_hash_key ON public.sso_transactions USING btree (state_hash);

CREATE INDEX sso_transactions_user_id_idx ON public.sso_transactions USING btree (user_id);

CREATE UNIQUE INDEX totp_authenticators_id_key ON public.totp_authenticators USING btree (id);

CREATE UNIQUE INDEX users_email_key ON public.users USING btree (email);

CREATE UNIQUE INDEX users_id_organization_id_key ON public.users USING btree (id, organization_id);

CREATE INDEX users_organization_id_id_idx ON public.users USING btree (organization_id, id);

CREATE INDEX users_search_idx ON public.users USING gin (public.search_trigrams(((name || '
'::text) || email)));

CREATE TRIGGER audit_chain_refuse BEFORE DELETE OR TRUNCATE ON public.audit_chain FOR EACH STATEMENT EXECUTE FUNCTION public.audit_events_refuse();

CREATE TRIGGER audit_events_append BEFORE INSERT ON public.audit_events FOR EACH ROW EXECUTE FUNCTION public.audit_events_append();

CREATE TRIGGER audit_events_refuse BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_events FOR EACH STATEMENT EXECUTE FUNCTION public.audit_events_refuse();

CREATE TRIGGER organizations_check_partner BEFORE INSERT OR UPDATE OF kind, partner_id ON public.organizations FOR EACH ROW EXECUTE FUNCTION public.organizations_check_partner();

ALTER TABLE ONLY public.backup_code_sets
    ADD CONSTRAINT backup_code_sets_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.totp_authenticators(user_id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.backup_codes
    ADD CONSTRAINT backup_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.backup_code_sets(user_id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.emailed_tokens
    ADD CONSTRAINT emailed_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.federated_identities
    ADD CONSTRAINT federated_identities_connection_id_organization_id_fkey FOREIGN KEY (connection_id, organization_id) REFERENCES public.sso_connections(id, organization_id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.federated_identities
    ADD CONSTRAINT federated_identities_user_id_organization_id_fkey FOREIGN KEY (user_id, organization_id) REFERENCES public.users(id, organization_id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.known_devices
    ADD CONSTRAINT known_devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.local_credentials
    ADD CONSTRAINT local_credentials_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES public.organizations(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY public.pending_enrollments
    ADD CONSTRAINT pending_enrollments_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.pending_enrollments
    ADD CONSTRAINT pending_enrollments_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.saml_assertions
    ADD CONSTRAINT saml_assertions_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES public.sso_connections(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES public.sso_connections(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.sign_in_challenges
    ADD CONSTRAINT sign_in_challenges_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES public.sso_connections(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.sign_in_challenges
    ADD CONSTRAINT sign_in_challenges_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.sso_connection_domains
    ADD CONSTRAINT sso_connection_domains_connection_id_organization_id_fkey FOREIGN KEY (connection_id, organization_id) REFERENCES public.sso_connections(id, organization_id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.sso_connection_domains
    ADD CONSTRAINT sso_connection_domains_organization_id_domain_name_fkey FOREIGN KEY (organization_id, domain_name) REFERENCES public.domains(organization_id, name) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.sso_connections
    ADD CONSTRAINT sso_connections_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.sso_transactions
    ADD CONSTRAINT sso_transactions_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES public.sso_connections(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.sso_transactions
    ADD CONSTRAINT sso_transactions_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.sso_transactions
    ADD CONSTRAINT sso_transactions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.totp_authenticators
    ADD CONSTRAINT totp_authenticators_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.local_credentials(user_id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON UPDATE CASCADE ON DELETE RESTRICT;

