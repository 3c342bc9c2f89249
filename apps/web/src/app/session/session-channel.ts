type Message = 'signed-in' | 'signed-out';

const name = 'sallyport-session';

/** Tells the other tabs of this browser. Does nothing where the browser has no BroadcastChannel. */
export function tellOtherTabs(message: Message): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(name);
  channel.postMessage(message);
  channel.close();
}

/** Listens to the other tabs; the result stops listening. */
export function onOtherTab(listener: (message: Message) => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined;
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === 'signed-in' || data === 'signed-out') listener(data);
  };
  return () => channel.close();
}
