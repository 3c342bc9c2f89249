export { RightsFields } from './rights-fields.tsx';
