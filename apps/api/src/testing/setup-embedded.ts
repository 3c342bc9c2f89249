import { embeddedTarball } from './embedded.ts';

/** Vitest's global setup of `api-embedded`. */
export const setup = async (): Promise<void> => {
  await embeddedTarball();
};
