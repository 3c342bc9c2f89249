import { defineConfig } from 'vite';
import core from '../../packages/core/package.json' with { type: 'json' };

/**
 * The service and the operator's command line for Node: our own packages in the bundle, with what they need; what
 * apps/api itself depends on stays outside, as WebAssembly and native code must lie where their packages put them.
 */
export default defineConfig({
  root: import.meta.dirname,
  ssr: { noExternal: [core.name, ...Object.keys(core.dependencies)] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      // Optional: it may be absent, and is then not loaded.
      external: ['argon2'],
      input: { main: 'src/main.ts', cli: 'src/cli/main.ts' },
      // All in one folder: what is found by its place relative to the code has the same way from src/ and dist/.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
