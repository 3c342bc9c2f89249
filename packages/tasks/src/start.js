import { runProduct } from './run-product.js';

// A person starts it so, and wants to see address and demo accounts also through the pipes of launchers.
process.env.LOG_FORMAT ||= 'pretty';
await runProduct('main.js');
