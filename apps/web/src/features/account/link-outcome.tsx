import { useTranslation } from 'react-i18next';
import { News } from '../../ui/news.tsx';
import { RequestId } from '../../ui/problem-alert.tsx';
import { useTakenFromAddress } from '../../ui/use-address.ts';
import { account } from './texts.ts';

type Reason = keyof typeof account.identities.failures;

const isReason = (code: string): code is Reason => Object.hasOwn(account.identities.failures, code);

/** What came of linking an account: the provider sends the browser back with `?linked=` or `?error=&requestId=`. */
export function LinkOutcome() {
  const { t } = useTranslation();
  const outcome = useTakenFromAddress('linked', 'error', 'requestId');
  const failure = outcome.get('error');

  if (failure !== null) {
    return (
      <News color="red" title={t('account.identities.failed')}>
        {t(`account.identities.failures.${isReason(failure) ? failure : 'other'}`)}
        <RequestId value={outcome.get('requestId')} />
      </News>
    );
  }
  if (!outcome.has('linked')) return null;
  return (
    <News color="green" title={t('account.identities.linked.title')}>
      {t('account.identities.linked.text')}
    </News>
  );
}
