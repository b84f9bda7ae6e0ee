const wasm = (name) => WebAssembly.compileStreaming(fetch(`/package/wasm/${name}/eid_verifier_bg.wasm`));
const worker = new Worker('/tests/js/bundlers/runtimes/worker.mjs', { type: 'module' });
worker.onmessage = ({ data }) => (window.answer = data);
worker.onerror = (event) => (window.answer = { error: event.message || 'the worker did not start' });
const [full, core, catalogue] = await Promise.all([wasm('full'), wasm('core'), fetch('/catalogue.json').then((got) => got.json())]);
worker.postMessage({ modules: { full, core }, catalogue });
