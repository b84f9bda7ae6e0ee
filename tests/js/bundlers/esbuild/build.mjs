import { build } from 'esbuild';

export default ({ fixture, out }) =>
  build({
    entryPoints: { main: `${fixture}/main.js`, worker: 'eid-verifier/worker-entry' },
    absWorkingDir: fixture,
    outdir: out,
    bundle: true,
    minify: true,
    format: 'esm',
    loader: { '.wasm': 'file' },
    logLevel: 'error',
  });
