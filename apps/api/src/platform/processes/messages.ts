/** What the supervisor says to a process of its group. */
export type ToMember =
  /** End, as SIGTERM says. */
  | { say: 'stop' }
  /** Another has taken the place: end with the last of the connections. */
  | { say: 'retire' }
  /** Tell your metrics. */
  | { say: 'tell metrics'; id: number }
  /** The metrics of all, for who asked for them. */
  | { say: 'metrics of all'; id: number; texts: readonly string[] };

/** What a process of the group says to its supervisor. */
export type ToSupervisor =
  /** It listens. */
  { say: 'ready' } | { say: 'ask for metrics of all'; id: number } | { say: 'metrics'; id: number; text: string };

/** Whether a message is one of these; the channel carries those of libraries too. */
export const isOurs = <T extends ToMember | ToSupervisor>(message: unknown): message is T =>
  typeof message === 'object' && message !== null && 'say' in message;
