export { AppCheck } from './app-check.tsx';
export { factorFacts } from './factor-facts.tsx';
export { GraceNotice } from './grace-notice.tsx';
