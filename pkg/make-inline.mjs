// Writes the wasm as base64 text in a module, for hosts that cannot serve a .wasm file.
//
//   node pkg/make-inline.mjs pkg/wasm/full
//
// reads  DIR/eid_verifier_bg.wasm   writes  DIR/base64.js
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @param {Uint8Array} wasm @returns {string} text of base64.js */
export function toModule(wasm) {
  const text = Buffer.from(wasm).toString('base64');
  return `// Generated from eid_verifier_bg.wasm by make-inline.mjs; do not edit.\nexport const base64 =\n  '${text}';\n`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const folder of process.argv.slice(2)) {
    writeFileSync(join(folder, 'base64.js'), toModule(readFileSync(join(folder, 'eid_verifier_bg.wasm'))));
  }
}
