export { type DemoAccount, DemoService } from './service.ts';
