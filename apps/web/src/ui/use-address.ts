import { useCallback, useEffect, useRef, useState } from 'react';
import { useBlocker, useLocation, useNavigation, useSearchParams } from 'react-router';

/** Parameters of the address by name; null or an empty text removes one. */
type Changes = Record<string, string | null>;

/** Sets parameters of the address, in place of the entry in the history. */
function useParameters(): [query: URLSearchParams, change: (changes: Changes) => void] {
  const [query, setQuery] = useSearchParams();
  const change = useCallback(
    (changes: Changes) =>
      setQuery(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setQuery],
  );
  return [query, change];
}

/**
 * What a page keeps in its own address, such as its filters, so that a reload and going back find the page as it was.
 * Once a page: a router asks one blocker only.
 *
 * While the page is being left a change is dropped: it may come from a timer, and would cancel the navigation that the
 * person has just asked for.
 */
export function useAddress(): [query: URLSearchParams, change: (changes: Changes) => void] {
  const [query, setParameters] = useParameters();
  const { pathname } = useLocation();
  const { state } = useNavigation();
  const leaving = useRef(false);

  // Blocks nothing: it is asked at the moment a navigation begins, and the state above is rendered a little later.
  useBlocker(({ nextLocation }) => {
    leaving.current = nextLocation.pathname !== pathname;
    return false;
  });
  useEffect(() => {
    // The navigation came to nothing: the page is still there.
    if (state === 'idle') leaving.current = false;
  }, [state]);

  const change = useCallback(
    (changes: Changes) => {
      if (!leaving.current) setParameters(changes);
    },
    [setParameters],
  );
  return [query, change];
}

/**
 * Reads parameters that say something once, such as what came of a sign-in elsewhere. They leave the address at once,
 * so that a reload or a bookmark does not say it again.
 */
export function useTakenFromAddress(...names: readonly string[]): URLSearchParams {
  const [query, setParameters] = useParameters();
  const [taken] = useState(query);
  useEffect(() => {
    if (names.some((name) => query.has(name))) setParameters(Object.fromEntries(names.map((name) => [name, null])));
  }, [query, setParameters]);
  return taken;
}
