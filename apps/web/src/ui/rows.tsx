import type { ReactNode } from 'react';
import classes from './rows.module.css';

/** A list of things one below the other, with a line between; its children are `li`. */
export function Rows({ children }: { children: ReactNode }) {
  return <ul className={classes.rows}>{children}</ul>;
}
