export { EventRow } from './event-row.tsx';
