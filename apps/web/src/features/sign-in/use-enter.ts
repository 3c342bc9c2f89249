import { useNavigate } from 'react-router';
import { forgetChallenge } from './challenge.ts';

/** Goes on, with a session, to where the person was going. */
export function useEnter() {
  const navigate = useNavigate();
  return async (path: string) => {
    forgetChallenge();
    await navigate(path, { replace: true });
  };
}
