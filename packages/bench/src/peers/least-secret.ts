import { createHash } from 'node:crypto';

/** The authenticator's secret of a user of the least service, which has no enrolment. @param index from 0 */
export const leastSecret = (index: number): Uint8Array => createHash('sha1').update(`bench ${index}`).digest();
