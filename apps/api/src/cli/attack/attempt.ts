import type { Scene } from './scene.ts';
import type { Answer, Visitor } from './visitor.ts';

/** A published way around a second factor, to be tried. */
export interface Attack {
  name: string;
  /** Where it was published, and of what: ids of advisories, or a repository and its issue. */
  published: string;
  /** In one line. */
  tried: string;
  /**
   * @returns null where the service held; else what went wrong
   * @throws NotApplicable; anything else means that it could not be tried
   */
  run(scene: Scene): Promise<string | null>;
}

/** The attack has no way to go here, and says why. */
export class NotApplicable extends Error {}

/** Whether the service did what was asked. */
export const done = ({ status }: Answer): boolean => status < 400;

/**
 * Sends from all visitors at the same moment: first each gets a connection of its own, so that no request of the attack
 * waits for one and they overlap in the service.
 */
export async function atOnce<T>(visitors: readonly Visitor[], send: (visitor: Visitor, index: number) => Promise<T>) {
  await Promise.all(visitors.map((visitor) => visitor.get('/me')));
  return Promise.all(visitors.map(send));
}

/** Names what the service took, of all that was tried; null where it took nothing. */
export function takenOf(tries: Readonly<Record<string, Answer>>): string | null {
  const taken = Object.entries(tries).filter(([, answer]) => done(answer));
  if (taken.length === 0) return null;
  return `taken: ${taken.map(([name, { status }]) => `${name} (${status})`).join(', ')}`;
}

/** The words where any of them holds. */
export const first = (...faults: readonly (string | null | false)[]): string | null =>
  faults.find((fault): fault is string => typeof fault === 'string') ?? null;
