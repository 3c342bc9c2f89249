import { runProduct } from './run-product.js';

await runProduct('cli.js');
