export { connectSaml } from '../scene.ts';
export { type TestKeyPair, testKeyPair } from './keys.ts';
export { samlProviderObstacle } from './obstacle.ts';
export { type SamlProvider, samlUsers, startSamlProvider } from './provider.ts';
export type { KnownServiceProvider, SamlProviderUser } from './settings.ts';
