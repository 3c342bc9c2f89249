type Message = 'signed-in' | 'signed-out';

/**
 * One channel for this tab: it hears what other tabs say, and not itself. Null where the browser has none.
 * It lives as long as the page.
 */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('sallyport-session');

/** Tells the other tabs of this browser. */
export function tellOtherTabs(message: Message): void {
  channel?.postMessage(message);
}

/** Listens to the other tabs of this browser. */
export function onOtherTab(listener: (message: Message) => void): void {
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'signed-in' || data === 'signed-out') listener(data);
  });
}
