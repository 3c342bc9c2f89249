import { Alert, Button } from '@mantine/core';
import { isProblem } from '@sallyport/client';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SignInFrame } from './sign-in-frame.tsx';

interface Props {
  problem: Error | null;
  /** Where the first step is. */
  startOver: string;
  /** For the page that the first step is on. */
  onStartOver?: () => void;
}

/** Its time is over, or it takes no more codes. */
export function SecondStepOver({ problem, startOver, onStartOver }: Props) {
  const { t } = useTranslation();
  return (
    <SignInFrame title={t('signIn.verify.title')}>
      {isProblem(problem, 'invalid_code') ? (
        <ProblemAlert error={problem} />
      ) : (
        <Alert role="alert" color="yellow" icon={<IconClock aria-hidden />} title={t('signIn.verify.expired.title')}>
          {t('signIn.verify.expired.text')}
        </Alert>
      )}
      <Button component={Link} to={startOver} replace size="md" onClick={onStartOver}>
        {t('signIn.verify.startOver')}
      </Button>
    </SignInFrame>
  );
}
