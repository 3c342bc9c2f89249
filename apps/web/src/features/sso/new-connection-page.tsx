import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { mayChangeAdministration, SSO_KINDS, type SsoKind } from '@sallyport/core';
import { IconBrandGoogle, IconBrandWindows, IconId, IconKey, IconListCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useMe } from '../../base/session/me.tsx';
import { announce } from '../../ui/announcer.tsx';
import { BackLink } from '../../ui/back-link.tsx';
import { focusFirstError } from '../../ui/form-errors.ts';
import { NotAllowedPage } from '../../ui/message-page.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useOrganizationScope } from '../organizations/index.ts';
import { ConnectionFields } from './connection-fields.tsx';
import { bodyOf, emptyDraft } from './draft.ts';
import { useCreateConnection } from './queries.ts';
import classes from './sso.module.css';
import { showServiceFaults, useConnectionForm } from './use-connection-form.ts';

const icons = { entra: IconBrandWindows, google: IconBrandGoogle, oidc: IconId, saml: IconKey };
const nothingTrusted: ReadonlySet<string> = new Set();

/** Chooses the kind of provider, then asks for what that kind needs. */
export function Component() {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const { organizationId, pathTo } = useOrganizationScope();
  const kind = SSO_KINDS.find((known) => known === query.get('kind'));
  if (!mayChangeAdministration(useMe())) return <NotAllowedPage />;

  return (
    <>
      <BackLink to={pathTo('/settings/sso')}>{t('sso.page.back')}</BackLink>
      {kind ? (
        <NewConnection key={kind} kind={kind} organizationId={organizationId} />
      ) : (
        <KindChoice organizationId={organizationId} />
      )}
    </>
  );
}

const kindPath = (organizationId: string, kind?: SsoKind) =>
  `/settings/sso/new?${new URLSearchParams({ organization: organizationId, ...(kind ? { kind } : {}) })}`;

function KindChoice({ organizationId }: { organizationId: string }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeading description={t('sso.create.choose')}>{t('sso.create.title')}</PageHeading>
      <ul className={classes.kinds}>
        {SSO_KINDS.map((kind) => {
          const Icon = icons[kind];
          return (
            <li key={kind}>
              <Link to={kindPath(organizationId, kind)} className={classes.kind}>
                <Icon size={28} stroke={1.5} aria-hidden />
                <span>
                  <Text component="span" display="block" fw={600}>
                    {t(`sso.kinds.${kind}.name`)}
                  </Text>
                  <Text component="span" display="block" fz="sm" c="dimmed">
                    {t(`sso.kinds.${kind}.text`)}
                  </Text>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function NewConnection({ kind, organizationId }: { kind: SsoKind; organizationId: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathTo } = useOrganizationScope();
  const create = useCreateConnection(organizationId);
  const form = useConnectionForm(emptyDraft(kind), false);

  return (
    <>
      <PageHeading>{t('sso.create.formTitle', { kind: t(`sso.kinds.${kind}.name`) })}</PageHeading>
      <Stack gap="md" maw={640}>
        <Alert color="gray" icon={<IconListCheck aria-hidden />}>
          {t(`sso.create.before.${kind}`)}
        </Alert>
        <Panel title={t('sso.form.title')}>
          <form
            noValidate
            onSubmit={form.onSubmit(
              (draft) =>
                create.mutate(bodyOf(draft), {
                  onSuccess: ({ id, name }) => {
                    announce(t('sso.create.created', { name }));
                    void navigate(pathTo(`/settings/sso/${id}`), { replace: true });
                  },
                  onError: (error) => showServiceFaults(form, error),
                }),
              (errors) => focusFirstError(form, errors),
            )}
          >
            <Stack gap="lg">
              <ProblemAlert error={create.error} takesFocus={Object.keys(form.errors).length === 0} />
              <ConnectionFields
                isNew
                form={form}
                organizationId={organizationId}
                hasSecret={false}
                trusted={nothingTrusted}
                writable
              />
              <Text fz="sm" c="dimmed">
                {t('sso.create.submitHint')}
              </Text>
              <Group gap="sm">
                <Button type="submit" loading={create.isPending}>
                  {t('sso.create.submit')}
                </Button>
                <Button component={Link} variant="subtle" to={kindPath(organizationId)}>
                  {t('sso.create.otherKind')}
                </Button>
              </Group>
            </Stack>
          </form>
        </Panel>
      </Stack>
    </>
  );
}
