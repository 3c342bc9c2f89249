import { setTimeout as wait } from 'node:timers/promises';
import { timeStepAt, totpCode } from '@sallyport/core/totp';
import type { Enrolled } from './contender.ts';

/** The next code that was not used, from the present step on, so that it is good for half a minute; null where there is none. */
function nextCode(person: Enrolled): string | null {
  const present = timeStepAt(Date.now());
  const step = Math.max(person.lastStep + 1, present);
  if (step > present + 1) return null;
  person.lastStep = step;
  return totpCode(person.secret, step);
}

/** A code of somebody who has used none yet. */
export function codeFor(person: Enrolled): string {
  const code = nextCode(person);
  if (code === null) throw new Error(`${person.email} has no code left.`);
  return code;
}

/** People with a code to use, in turn: each has two at once, and then one every half minute. */
export class Crowd {
  private readonly row: Enrolled[];

  constructor(people: readonly Enrolled[]) {
    this.row = [...people];
  }

  /** The next in the row who has a code; waits where nobody has. */
  async next(): Promise<{ person: Enrolled; code: string }> {
    for (;;) {
      for (let asked = 0; asked < this.row.length; asked++) {
        const person = this.row.shift();
        if (!person) break;
        this.row.push(person);
        const code = nextCode(person);
        if (code !== null) return { person, code };
      }
      await wait(200);
    }
  }
}
