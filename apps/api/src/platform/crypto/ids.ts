import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** A new UUIDv7 (RFC 9562 section 5.7): sorts by time of creation, which keyset pages rely on. */
export const newId = (): string => v7();

/** A new UUIDv7 for a request, of which those of one millisecond are in no order: made in a sixth of the time. */
export const newRequestId = (): string => v7({ rng: randomBits });

const ID_BYTES = 16;
const ready = new Uint8Array(256 * ID_BYTES);
let taken = ready.length;

/** Random bytes are made for many ids at once: to ask for them is what takes time. */
function randomBits(): Uint8Array {
  if (taken === ready.length) {
    randomFillSync(ready);
    taken = 0;
  }
  taken += ID_BYTES;
  return ready.subarray(taken - ID_BYTES, taken);
}
