export { GraceNotice } from './grace-notice.tsx';
