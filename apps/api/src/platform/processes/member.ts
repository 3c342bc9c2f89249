import cluster from 'node:cluster';
import { isOurs, type ToMember, type ToSupervisor } from './messages.ts';

/** How a process is told to end: `retire` where another has taken its place already. */
export type Leave = 'stop' | 'retire';

/** This process as one of several that listen together; the supervisor is the other end. */
export interface Member {
  /** From 1; whoever takes the place of another takes its number. */
  readonly number: number;
  /** Says that it listens. */
  ready(): void;
  /** @param leave called for each word that it should end, of the supervisor's or a signal */
  onLeave(leave: (how: Leave) => void): void;
  /** @param read gives the metrics of this process when another one is asked for those of all */
  tellMetrics(read: () => Promise<string>): void;
  /** The metrics of every process of the group that answers, and of the supervisor. */
  metricsOfAll(): Promise<readonly string[]>;
}

/** Names the place of a process in its group. */
export const NUMBER = 'SALLYPORT_PROCESS_NUMBER';

/** Signals that may reach the whole group at once; a member hears of them through `onLeave`, or not at all. */
export const memberSignals: ('SIGTERM' | 'SIGINT' | 'SIGHUP')[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/** Null in a process that listens alone. */
export function joinGroup(): Member | null {
  if (!cluster.isWorker) return null;
  const say = (message: ToSupervisor): void => void process.send?.(message, undefined, undefined, () => undefined);
  const on = (hear: (message: ToMember) => void): void => {
    process.on('message', (message: unknown) => {
      if (isOurs<ToMember>(message)) hear(message);
    });
  };
  const asked = new Map<number, (texts: readonly string[]) => void>();
  let questions = 0;
  on((message) => {
    if (message.say !== 'metrics of all') return;
    asked.get(message.id)?.(message.texts);
    asked.delete(message.id);
  });
  return {
    number: Number(process.env[NUMBER]),
    ready: () => say({ say: 'ready' }),
    onLeave: (leave) => {
      on(({ say: word }) => {
        if (word === 'stop' || word === 'retire') leave(word);
      });
      // A restart is the supervisor's.
      for (const signal of memberSignals) process.on(signal, () => signal !== 'SIGHUP' && leave('stop'));
    },
    tellMetrics: (read) =>
      on(async (message) => {
        if (message.say === 'tell metrics') say({ say: 'metrics', id: message.id, text: await read() });
      }),
    metricsOfAll: () =>
      new Promise((resolve) => {
        const id = questions++;
        asked.set(id, resolve);
        say({ say: 'ask for metrics of all', id });
      }),
  };
}
