import { ApiError } from '@sallyport/client';
import type { ParseKeys, TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { problem } from './problem-texts.ts';

interface ProblemText {
  title: string;
  text?: string | undefined;
}

/**
 * The words for an error: ours by code where there are better ones than the service's, else its title and detail.
 * The detail of the service is preferred for codes whose cause only the service knows (`weak_password`).
 */
function problemText(t: TFunction, error: unknown): ProblemText {
  if (!(error instanceof ApiError)) return { title: t('problem.unexpected.title'), text: t('problem.unexpected.text') };
  const known = error.code in problem.codes ? (problem.codes as Record<string, ProblemText>)[error.code] : undefined;
  const key = `problem.codes.${error.code}`;
  const own = (part: keyof ProblemText) => (known?.[part] ? t(`${key}.${part}` as ParseKeys) : undefined);
  return {
    title: own('title') ?? (error.title || t('problem.unexpected.title')),
    text:
      own('text') ??
      error.detail ??
      (known ? undefined : error.status >= 500 ? t('problem.unexpected.text') : undefined),
  };
}

/** As {@link problemText}, in a component. */
export function useProblemText(error: unknown): ProblemText {
  const { t } = useTranslation();
  return problemText(t, error);
}
