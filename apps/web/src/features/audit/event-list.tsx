import type { ReactNode } from 'react';
import classes from './audit.module.css';

/** A list of events, whose children are `EventRow`s. */
export function EventList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.list} aria-label={label}>
      {children}
    </ul>
  );
}
