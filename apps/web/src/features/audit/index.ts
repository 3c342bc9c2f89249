export { EventList } from './event-list.tsx';
export { EventRow } from './event-row.tsx';
