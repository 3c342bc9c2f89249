import { Button, Skeleton, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { isProblem } from '@sallyport/client';
import { IconBuilding } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { addTexts } from '../../base/i18n.ts';
import { AnyCodeField } from '../../ui/code-field.tsx';
import { Form } from '../../ui/form.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { linkAccount } from './link-account-texts.ts';
import { LinkDead } from './link-dead.tsx';
import { tokenFromFragment } from './page-input.ts';
import { type MailedLink, mailedLinkQuery, useStartMailedLink } from './queries.ts';
import { SignInFrame } from './sign-in-frame.tsx';

addTexts({ linkAccount });

/** Where a mailed link leads: on to the provider, and back with the account connected and the user signed in. */
export function Component() {
  const { t } = useTranslation();
  const token = tokenFromFragment(useLocation().hash);
  const link = useQuery(mailedLinkQuery(token));
  const start = useStartMailedLink();

  if (token === '' || isProblem(start.error ?? link.error, 'invalid_token')) {
    return (
      <LinkDead text={t('linkAccount.invalid')} to="/sign-in">
        {t('signIn.invitation.toSignIn')}
      </LinkDead>
    );
  }
  if (!link.data) {
    return (
      <SignInFrame title={t('linkAccount.loading')}>
        <QueryView query={link} skeleton={<Skeleton height={180} />}>
          {() => null}
        </QueryView>
      </SignInFrame>
    );
  }
  return <LinkForm link={link.data} token={token} start={start} />;
}

interface LinkFormProps {
  link: MailedLink;
  token: string;
  start: ReturnType<typeof useStartMailedLink>;
}

function LinkForm({ link, token, start }: LinkFormProps) {
  const { t } = useTranslation();
  const { codeRequired, connections, email, organizationName } = link;
  const chosen = useRef('');
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (code) => (codeRequired && code.trim() === '' ? t('ui.proof.any.missing') : null) },
  });
  return (
    <SignInFrame
      title={t('linkAccount.title')}
      text={t('linkAccount.text', { organization: organizationName, email })}
      fieldHasFocus={codeRequired}
    >
      <Form
        form={form}
        error={start.error}
        beside={{ invalid_code: ['code', t('ui.proof.any.wrong')] }}
        onSubmit={({ code }) =>
          start.mutate({ token, connectionId: chosen.current, ...(codeRequired ? { code: code.trim() } : {}) })
        }
      >
        {codeRequired && (
          <AnyCodeField
            size="md"
            autoFocus
            aria-required
            errorProps={{ role: 'alert' }}
            label={t('ui.proof.code')}
            description={t('ui.proof.any.hint')}
            {...form.getInputProps('code')}
          />
        )}
        {connections.length === 0 && <Text fz="sm">{t('linkAccount.none')}</Text>}
        {connections.map(({ id, name }) => (
          <Button
            key={id}
            type="submit"
            size="md"
            leftSection={<IconBuilding size={18} aria-hidden />}
            loading={(start.isPending || start.isSuccess) && start.variables.connectionId === id}
            onClick={() => {
              chosen.current = id;
            }}
          >
            {t('linkAccount.submit', { name })}
          </Button>
        ))}
      </Form>
    </SignInFrame>
  );
}
