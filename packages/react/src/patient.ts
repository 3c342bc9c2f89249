import { ApiError } from '@sallyport/client';

const PAUSES_MS = [400, 800];

/** Reads; and again, twice, what may heal by itself: no connection, or a service that is busy. */
export async function patient<T>(read: () => Promise<T>): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ApiError) || !(error.code === 'network' || error.status === 503)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return read();
}
