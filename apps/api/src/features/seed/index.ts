export { readSeedDocument, type SeedOutcome, SeedRefused, SeedService } from './service.ts';
