/** A span of time; its parts add up. */
export interface Span {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
}

/** As the service takes it and says it; `now` is RFC 3339, or null for the system's time. */
type Change = { now: string | null } | { advanceSeconds: number };
interface Reading {
  now: string;
  aheadSeconds: number;
}

/** The clock of a service in test mode: it is the same for all who use the service. */
export class ServiceClock {
  readonly #ask: (change?: Change) => Promise<Reading>;
  #aheadMs = 0;

  constructor(ask: (change?: Change) => Promise<Reading>) {
    this.#ask = ask;
  }

  /** What the service takes the time to be, as it was heard last: Unix time in milliseconds. */
  readonly nowMs = (): number => Date.now() + this.#aheadMs;

  async now(): Promise<Date> {
    return this.#heard(await this.#ask());
  }

  /** Sets it; it goes on from there. @param moment of the years 2000 to 2099 */
  async set(moment: Date | string): Promise<void> {
    this.#heard(await this.#ask({ now: new Date(moment).toISOString() }));
  }

  /** Moves it on; with numbers below 0, back. Whole seconds. */
  async advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Span): Promise<void> {
    const advanceSeconds = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
    this.#heard(await this.#ask({ advanceSeconds }));
  }

  /** Returns to the system's time, where it was moved from here. */
  async reset(): Promise<void> {
    if (this.#aheadMs !== 0) this.#heard(await this.#ask({ now: null }));
  }

  #heard({ now, aheadSeconds }: Reading): Date {
    this.#aheadMs = aheadSeconds * 1000;
    return new Date(now);
  }
}
