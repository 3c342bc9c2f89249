import type { BenchBrowser } from './http.ts';

export interface Person {
  email: string;
  password: string;
}

/** Somebody with an authenticator. */
export interface Enrolled extends Person {
  /** Raw bytes. */
  secret: Uint8Array;
  /** The time step of the code that was used last. */
  lastStep: number;
}

/** A service under measure: a process of its own, with a PostgreSQL database of its own. */
export interface Contender {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** Path that tells who is signed in. */
  readonly mePath: string;
  /** Seconds of processor time that PostgreSQL took for it during `work`. */
  databaseCpuSeconds(work: () => Promise<unknown>): Promise<number>;
  /** Lets PostgreSQL's planner know how large the tables are, as it does by itself within a minute of use. */
  analyze(): Promise<void>;
  /** People who have a password and no authenticator; each is given once. */
  newcomers(count: number): Person[];
  /** Signs in somebody who has no authenticator. */
  signInByPassword(browser: BenchBrowser, person: Person): Promise<void>;
  /** Sets an authenticator up, in a browser that is signed in; null where the contender has no such thing. */
  enrol: ((browser: BenchBrowser, person: Person) => Promise<Enrolled>) | null;
  /** A whole sign-in, with password and code. */
  signIn(browser: BenchBrowser, person: Enrolled, code: string): Promise<void>;
  dispose(): Promise<void>;
}
