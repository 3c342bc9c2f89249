import type { EventEmitter } from 'node:events';

interface Connection {
  close(): void;
}

/** What `node:cluster` says between its processes, as far as it is read here. */
interface ClusterMessage {
  /** Names the answer to it. */
  seq?: number;
  /** The `seq` that it answers. */
  ack?: number;
  /** Which address it is about. */
  key?: string;
  act?: string;
  /** Of an answer to a connection: whether it was taken. */
  accepted?: boolean;
}

/** A process of a cluster, as far as it is used here. */
export interface Member {
  process: EventEmitter & { send(...words: never[]): boolean };
  once(event: 'exit', listener: () => void): unknown;
}

/**
 * Closes the connections that Node's cluster would keep open for ever in the supervisor, so that who is at the other end
 * learns of it: those that were handed to a process and not yet taken when it was killed, and those that come back from
 * one that stops listening when no other listens any more.
 */
export class HandedConnections {
  /** For each process that lives, the addresses at which it has stopped listening. */
  private readonly left = new Map<Member, Set<string>>();

  /** Call it before the process can be handed anything. */
  watch(member: Member): void {
    const child = member.process;
    const send = child.send.bind(child) as (...words: unknown[]) => boolean;
    const handed = new Map<number, Connection & { key: string }>();
    const left = new Set<string>();
    this.left.set(member, left);

    child.send = (...words: unknown[]) => {
      const [message, connection] = words as [ClusterMessage, Connection | null | undefined];
      const { seq, key } = message;
      if (seq !== undefined && key !== undefined && typeof connection?.close === 'function')
        handed.set(seq, { key, close: () => connection.close() });
      return send(...words);
    };
    child.on('internalMessage', ({ act, key, ack, accepted }: ClusterMessage) => {
      if (act === 'close' && key !== undefined) left.add(key);
      const connection = ack === undefined ? undefined : handed.get(ack);
      if (ack === undefined || !connection) return;
      handed.delete(ack);
      if (!accepted && !this.isListeningAt(connection.key)) connection.close();
    });
    member.once('exit', () => {
      this.left.delete(member);
      for (const connection of handed.values()) connection.close();
    });
  }

  private isListeningAt(key: string): boolean {
    return [...this.left.values()].some((left) => !left.has(key));
  }
}
