export { AppCheck } from './app-check.tsx';
export { GraceNotice } from './grace-notice.tsx';
