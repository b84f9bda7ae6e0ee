import { build } from 'vite';

export default ({ app, out }) =>
  build({ root: app, configFile: false, logLevel: 'error', worker: { format: 'es' }, build: { outDir: out, emptyOutDir: true } });
