import type { FastifyPluginAsync } from 'fastify';
import type { Chore } from '../platform/time/chores.ts';

/** What a capability gives to the server; its `index.ts` is the front door. */
export interface Feature {
  /** Under /api/v1. */
  readonly routes: readonly FastifyPluginAsync[];
  readonly chores: readonly Chore[];
}
