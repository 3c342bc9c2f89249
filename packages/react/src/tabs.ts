type Message = 'signed-in' | 'signed-out';

interface Tabs {
  tell: (message: Message) => void;
  listen: (listener: (message: Message) => void) => void;
}

/**
 * The other tabs of this browser, which are told and listened to for as long as the page lives. There are none where no
 * page is: a server that renders must not tell one visitor of another.
 */
export function openTabs(): Tabs {
  const hasTabs = typeof document !== 'undefined' && typeof BroadcastChannel !== 'undefined';
  const channel = hasTabs ? new BroadcastChannel('sallyport-session') : null;
  return {
    tell: (message) => channel?.postMessage(message),
    listen(listener) {
      channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (data === 'signed-in' || data === 'signed-out') listener(data);
      });
    },
  };
}
