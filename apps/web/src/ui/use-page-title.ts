import { type RefObject, useEffect, useRef } from 'react';

/** Whether some page was shown before this one: the first load leaves the focus where the browser puts it. */
let navigated = false;

/**
 * Names the document after the page, and moves the focus to its heading after a navigation inside the SPA, so that a
 * screen reader reads the new page and the keyboard starts at its beginning.
 *
 * @param takesFocus false on pages whose first field takes the focus instead
 * @returns the ref for the h1, which needs `tabIndex={-1}`
 */
export function usePageTitle(title: string, takesFocus = true): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${title} · Sallyport`;
  }, [title]);

  useEffect(() => {
    if (navigated && takesFocus) heading.current?.focus({ preventScroll: true });
    navigated = true;
  }, [takesFocus]);

  return heading;
}
