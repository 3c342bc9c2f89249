/** Nobody has the focus. */
const isFree = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** Whether it has the focus, or should not have it any more. */
function isSettled(element: HTMLElement): boolean {
  if (!element.isConnected || !isFree()) return true;
  element.focus({ preventScroll: true });
  return document.activeElement === element;
}

/** Focuses the element, a button that is disabled while it works as soon as it is not, unless the focus is elsewhere by then. */
export function giveBackFocus(element: HTMLElement): void {
  if (isSettled(element)) return;
  const observer = new MutationObserver(() => {
    if (isSettled(element)) observer.disconnect();
  });
  observer.observe(element, { attributes: true, attributeFilter: ['disabled'] });
}
