import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { HandedConnections, type Member } from './handed-connections.ts';

const KEY = '127.0.0.1:3000:4:null:0';

/** A process as `node:cluster` shows it, which answers when the test says so. */
class FakeMember extends EventEmitter implements Member {
  readonly process = Object.assign(new EventEmitter(), { send: vi.fn((..._words: unknown[]) => true) });
  private seq = 0;

  /** Hands it a connection. @returns whether that is closed, and how it is answered */
  hand() {
    const close = vi.fn();
    const seq = this.seq++;
    this.process.send({ cmd: 'NODE_CLUSTER', act: 'newconn', key: KEY, seq }, { close });
    return { close, answer: (accepted: boolean) => this.says({ ack: seq, accepted }) };
  }

  stopsListening(): void {
    this.says({ act: 'close', key: KEY });
  }

  private says(message: object): void {
    this.process.emit('internalMessage', { cmd: 'NODE_CLUSTER', ...message });
  }
}

function watched(): FakeMember[] {
  const connections = new HandedConnections();
  const members = [new FakeMember(), new FakeMember()];
  for (const member of members) connections.watch(member);
  return members;
}

describe('SEC-52: a connection that was handed on', () => {
  test('reaches the process with all that was sent', () => {
    const member = new FakeMember();
    const { send } = member.process;
    new HandedConnections().watch(member);
    member.hand();
    expect(send).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ act: 'newconn', seq: 0 }), {
      close: expect.any(Function),
    });
  });

  test('is left to the process that took it, also at its end', () => {
    const [one] = watched() as [FakeMember, FakeMember];
    const { close, answer } = one.hand();
    answer(true);
    one.stopsListening();
    one.emit('exit');
    expect(close).not.toHaveBeenCalled();
  });

  test('is left to the next where one process would not take it and another listens', () => {
    const [one] = watched() as [FakeMember, FakeMember];
    one.stopsListening();
    const { close, answer } = one.hand();
    answer(false);
    expect(close).not.toHaveBeenCalled();
  });

  test('is closed where it comes back and nobody listens any more', () => {
    const [one, other] = watched() as [FakeMember, FakeMember];
    const { close, answer } = one.hand();
    one.stopsListening();
    other.stopsListening();
    answer(false);
    expect(close).toHaveBeenCalledOnce();
  });

  test('is closed where it comes back and the other process has ended', () => {
    const [one, other] = watched() as [FakeMember, FakeMember];
    const { close, answer } = one.hand();
    one.stopsListening();
    other.emit('exit');
    answer(false);
    expect(close).toHaveBeenCalledOnce();
  });

  test('is closed where the process ends before it answers', () => {
    const [one] = watched() as [FakeMember, FakeMember];
    const { close } = one.hand();
    one.emit('exit');
    expect(close).toHaveBeenCalledOnce();
  });
});
