import { defineConfig, type Plugin, type UserConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

/**
 * What stays outside of the bundle: WebAssembly, native code and pages lie where their packages put them, beside the
 * code that loads them.
 */
const outside = [
  '@electric-sql/pglite',
  '@fastify/swagger-ui',
  '@node-rs/argon2',
  '@prisma/client',
  '@prisma/schema-engine-wasm',
  // Optional: it may be absent, and is then not loaded.
  'argon2',
  'fs-native-extensions',
  // Optional ones of `pg` and `ws`, which nobody installed.
  'pg-native',
];

/** By name, with all that is in them. */
const named = (packages: readonly string[]): RegExp[] => packages.map((name) => new RegExp(`^${name}(/|$)`));

/** speakeasy and its base32 are of 2014: Node warns of how they make buffers (DEP0005), outside of node_modules. */
const buffersOfToday: Plugin = {
  name: 'buffers-of-today',
  transform: {
    filter: { id: /\/node_modules\/(speakeasy|base32\.js)\// },
    handler: (code) => ({
      code: code.replaceAll('new Buffer(8)', 'Buffer.alloc(8)').replace(/(?:\bnew )?\bBuffer\(/g, 'Buffer.from('),
      map: null,
    }),
  },
};

/** It exports nothing, and as a module it is there before what is imported after it, in whatever file that ends up. */
const reflectFirst: Plugin = {
  name: 'reflect-first',
  transform: {
    filter: { id: /\/node_modules\/reflect-metadata\// },
    handler: (code) => ({ code: `${code}\nexport {};`, map: null }),
  },
};

/** V8 keeps the text of a file, in two bytes for each character where one of them does not fit into one. */
const oneByteEach: Plugin = {
  name: 'one-byte-each',
  // After whatever prints code: printers write such characters as they are.
  generateBundle: (_, bundle) => {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      // Not behind a backslash, which would then escape this one.
      file.code = file.code.replace(/(?<!\\)[^\0-\xff]/gu, (character) =>
        character
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
      );
    }
  },
};

/**
 * The service and the operator's command line for Node, with all the JavaScript they need: opening and resolving two
 * thousand files is most of what a start would wait for.
 */
const product: UserConfig = {
  root: import.meta.dirname,
  plugins: [buffersOfToday, oneByteEach, reflectFirst],
  ssr: { noExternal: true, external: outside },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      external: named(outside),
      input: { main: 'src/main.ts', cli: 'src/cli/main.ts', template: 'src/template.ts' },
      // All in one folder: what is found by its place relative to the code has the same way from src/ and dist/.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
};

const packages = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).filter(
  (name) => !name.startsWith('@sallyport/'),
);

/**
 * Our own code alone, made anew at each change by `pnpm dev`: a build has a name of its own, by which a process that
 * runs takes it beside the one before.
 */
const development: UserConfig = {
  ...product,
  ssr: { noExternal: true, external: packages },
  build: {
    ...product.build,
    outDir: '.dev',
    rolldownOptions: {
      external: named([...packages, ...outside]),
      input: { api: 'src/development.ts' },
      output: { entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
};

export default defineConfig(({ mode }) => (mode === 'development' ? development : product));
