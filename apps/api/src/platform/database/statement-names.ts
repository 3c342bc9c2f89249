import { createHash } from 'node:crypto';
import type { SqlQuery } from '@prisma/driver-adapter-utils';
import { Prisma } from './generated/client.ts';

/** Statements at most that each connection keeps prepared. The service has about a hundred. */
const MOST_NAMES = 250;
/** Texts at most that came once and are remembered in case they come again. */
const MOST_SEEN_ONCE = 500;

/** Stands in a statement whose best plan depends on its values, so that it is planned for them each time. */
const PLANNED_ANEW = '/* planned anew */';

/** The same as a fragment. */
export const plannedAnew = Prisma.raw(PLANNED_ANEW);

/**
 * Names for the statements that come again and again with the same text: PostgreSQL parses and plans a named one once
 * for each connection, which is most of the cost of a short one. The name is a hash of the text, so that it means the
 * same to every process behind a pooler. A text that came once, one beyond the bound, and one without parameters, which
 * may be a script of several, gets the empty name and is planned each time.
 */
export class StatementNames {
  private readonly names = new Map<string, string>();
  private readonly seenOnce = new Set<string>();
  private generation = 0;
  private enabled: boolean;

  constructor({ enabled = true }: { enabled?: boolean } = {}) {
    this.enabled = enabled;
  }

  nameOf({ sql, args }: Pick<SqlQuery, 'sql' | 'args'>): string {
    if (!this.enabled || args.length === 0) return '';
    const known = this.names.get(sql);
    if (known !== undefined) return known;
    if (this.names.size >= MOST_NAMES || sql.includes(PLANNED_ANEW)) return '';
    if (this.seenOnce.delete(sql)) {
      const name = createHash('sha256').update(`${this.generation}:${sql}`).digest('base64url').slice(0, 24);
      this.names.set(sql, name);
      return name;
    }
    if (this.seenOnce.size >= MOST_SEEN_ONCE) this.seenOnce.clear();
    this.seenOnce.add(sql);
    return '';
  }

  /**
   * Learns from what PostgreSQL said of a named statement; true when the same request will go well later.
   *
   * @param code SQLSTATE
   */
  learn(code: string, message: string): boolean {
    // A pooler gave the next request another connection: 26000 does not know the name, 42P05 knows it already.
    if (code === '26000' || code === '42P05') {
      this.enabled = false;
      return true;
    }
    // 0A000 says much else too. A migration changed what the statement returns: it is prepared anew, under a new name.
    if (code === '0A000' && message.includes('cached plan must not change result type')) {
      this.generation += 1;
      this.names.clear();
      return true;
    }
    return false;
  }
}
