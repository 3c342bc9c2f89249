import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { type AskedProof, askedProof, useAskedProof } from '../../base/session/asked-proof.ts';
import { giveBackFocus } from './give-back-focus.ts';

const StepUpDialog = lazy(() => import('./step-up-dialog.tsx'));

/** Escape cancels the question alone: a dialog of the page would close with it. */
function cancelByKey(event: KeyboardEvent): void {
  const asked = askedProof();
  if (event.key !== 'Escape' || event.isComposing || !asked) return;
  event.stopImmediatePropagation();
  asked.settle(false);
}

/** Asks for a fresh proof whenever a change waits for one. It stands before the pages, so that it hears of keys first. */
export function StepUp() {
  const asked = useAskedProof();
  // What was asked for last is shown until the dialog has gone.
  const [shown, setShown] = useState<AskedProof | null>(null);
  if (asked && asked !== shown) setShown(asked);

  useEffect(() => {
    window.addEventListener('keydown', cancelByKey, { capture: true });
    return () => window.removeEventListener('keydown', cancelByKey, { capture: true });
  }, []);

  // The button that began the change is disabled by the time the dialog opens, and so has lost the focus already.
  const focused = useRef<HTMLElement>(null);
  useEffect(() => {
    if (shown) return;
    if (focused.current) giveBackFocus(focused.current);
    const note = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !askedProof()) focused.current = target;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [shown]);

  if (!shown) return null;
  return (
    <Suspense>
      <StepUpDialog key={shown.id} asked={shown} opened={asked === shown} onGone={() => setShown(null)} />
    </Suspense>
  );
}
