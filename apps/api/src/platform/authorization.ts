import { mayChangeAdministration, mayReadAdministration, Problem } from '@sallyport/core';
import type { Caller } from './caller.ts';

/** @throws Problem `forbidden` for members */
export function assertMayRead(caller: Caller): void {
  if (!mayReadAdministration(caller)) throw new Problem('forbidden', { detail: 'Only admins can see this.' });
}

/** @throws Problem `forbidden` for members and for admins who may only read */
export function assertMayChange(caller: Caller): void {
  if (!mayChangeAdministration(caller)) {
    throw new Problem('forbidden', { detail: 'Only admins with read/write access can change this.' });
  }
}
