// Writes the wasm as base64 text in a module, for hosts that cannot serve a .wasm file.
//
//   node pkg/make-inline.mjs pkg/wasm/full
//
// reads  DIR/eid_verifier_bg.wasm   writes  DIR/base64.js
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

for (const folder of process.argv.slice(2)) {
  const text = readFileSync(join(folder, 'eid_verifier_bg.wasm')).toString('base64');
  writeFileSync(join(folder, 'base64.js'), `// Generated from eid_verifier_bg.wasm by make-inline.mjs; do not edit.\nexport const base64 =\n  '${text}';\n`);
}
