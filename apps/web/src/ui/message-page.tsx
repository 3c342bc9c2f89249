import { Button, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconLock, IconMapQuestion, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePageTitle } from './use-page-title.ts';

interface MessagePageProps {
  icon: TablerIcon;
  title: string;
  text: string;
  /** Further ways on than the start page. */
  children?: ReactNode;
}

/** A page that has one thing to say and says where to go next. */
export function MessagePage({ icon: Icon, title, text, children }: MessagePageProps) {
  const { t } = useTranslation();
  const heading = usePageTitle(title);
  return (
    <Stack align="center" ta="center" gap="sm" py="xl" maw={460} mx="auto">
      <ThemeIcon variant="light" size={56} radius="xl">
        <Icon size={30} aria-hidden />
      </ThemeIcon>
      <Title order={1} ref={heading} tabIndex={-1}>
        {title}
      </Title>
      <Text c="dimmed">{text}</Text>
      <Group justify="center" mt="xs">
        {children}
        <Button component={Link} to="/" variant={children ? 'default' : 'filled'}>
          {t('ui.goHome')}
        </Button>
      </Group>
    </Stack>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation();
  return <MessagePage icon={IconMapQuestion} title={t('ui.notFound.title')} text={t('ui.notFound.text')} />;
}

export function NotAllowedPage() {
  const { t } = useTranslation();
  return <MessagePage icon={IconLock} title={t('ui.notAllowed.title')} text={t('ui.notAllowed.text')} />;
}
