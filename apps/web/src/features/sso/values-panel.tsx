import { useTranslation } from 'react-i18next';
import { CopyField } from '../../ui/copy-field.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { Connection } from './queries.ts';

const atProvider = ['redirectUri', 'metadataUrl', 'entityId', 'acsUrl'] as const;

/** What to paste at the provider, and the link for a portal. */
export function ValuesPanel({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const { kind, urls } = connection;
  return (
    <Panel title={t('sso.values.title')} description={t(`sso.values.where.${kind}`)}>
      {atProvider.map((name) => {
        const value = urls[name];
        return value === undefined ? null : <CopyField key={name} label={t(`sso.values.${name}`)} value={value} />;
      })}
      <CopyField label={t('sso.values.start')} description={t('sso.values.startHint')} value={urls.start} />
    </Panel>
  );
}
