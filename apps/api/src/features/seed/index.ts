export { readSeedDocument, type SeedDocument, type SeedOutcome, SeedRefused, SeedService } from './service.ts';
