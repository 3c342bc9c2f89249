/** The first thing that is wrong with the log, and where: at an event, at a leaf of the tree, or with all of it. */
export interface LogFault {
  /**
   * `altered`: the event does not fit its own hash. `missing`: the event is gone. `slipped_in`: the event is not in the
   * tree, though all around it are. `leaf_missing`: the leaf is gone, of an event that was sealed. `stray`: there is more
   * than the signed head knows of. `rearranged`: from the leaf on, the leaves do not give the root that was signed: some were moved, replaced or added
   * together with their events. `unsigned`: no key of this service signed the head, or there is none. `without_head`: the
   * log is whole as it is, and the head that was kept is not in it: its end was cut off, or all of it was made anew.
   * `key_missing`: the key is gone under which the event says whom it is about, and the log does not tell of an erasure.
   * `foreign_head`: no key of this service signed the head that was kept.
   *
   * Of the chain that the log was before it was sealed also `unlinked`: the event does not continue the one before it;
   * `unchained`: it is no part of the chain; `wrong_end`: the chain is whole, but the record of its end says otherwise.
   */
  reason:
    | 'altered'
    | 'missing'
    | 'slipped_in'
    | 'leaf_missing'
    | 'stray'
    | 'rearranged'
    | 'unsigned'
    | 'key_missing'
    | 'without_head'
    | 'foreign_head'
    | 'unlinked'
    | 'unchained'
    | 'wrong_end';
  /** Of the event. */
  sequence?: number;
  /** From 0. */
  leafIndex?: number;
}
