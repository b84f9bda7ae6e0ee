// Rollup without a plugin resolves no package and copies no file: the door that carries its wasm inside needs neither.
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';

const packages = { name: 'packages', resolveId: (name) => (name.startsWith('eid-verifier') ? fileURLToPath(import.meta.resolve(name)) : null) };

export default async ({ fixture, out }) => {
  const bundle = await rollup({ input: `${fixture}/main.js`, plugins: [packages], onLog: (level, log) => { throw new Error(`${level}: ${log.message}`); } });
  await bundle.write({ dir: out, format: 'es' });
  await bundle.close();
};
