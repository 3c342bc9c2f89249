import { ensureBuilt } from '../product.ts';

/** Before the first test of this package: several look at the built product, and two builds at once disturb each other. */
export const setup = (): Promise<void> => ensureBuilt();
