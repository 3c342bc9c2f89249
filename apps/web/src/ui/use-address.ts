import { useCallback, useEffect, useRef } from 'react';
import { useBlocker, useLocation, useNavigation, useSearchParams } from 'react-router';

/** Parameters of the address by name; null or an empty text removes one. */
type Changes = Record<string, string | null>;

/**
 * What a page keeps in its own address, such as its filters, so that a reload and going back find the page as it was.
 *
 * A change replaces the entry in the history. While the page is being left a change is dropped: it may come from a
 * timer, and would cancel the navigation that the person has just asked for.
 */
export function useAddress(): [query: URLSearchParams, change: (changes: Changes) => void] {
  const [query, setQuery] = useSearchParams();
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
      if (leaving.current) return;
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
      );
    },
    [setQuery],
  );
  return [query, change];
}
