import { signIn } from '../features/sign-in/texts.ts';
import { problem } from '../ui/problem-texts.ts';
import { ui, words } from '../ui/texts.ts';
import { app } from './frame-texts.ts';

/** What the pages without a session say, and what any page may. It comes with the first paint: keep it small. */
export const first = { app, problem, signIn, ui, words } as const;
