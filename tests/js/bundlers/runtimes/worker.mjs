// A module worker that is handed a compiled module: `initSync`, no waiting.
import { every } from './every.mjs';
import * as core from '/package/core.js';
import * as full from '/package/index.js';

onmessage = async ({ data: { modules, catalogue } }) => {
  full.initSync({ module: modules.full });
  core.initSync(modules.core);
  postMessage({ told: await every({ full, core }, catalogue) });
};
