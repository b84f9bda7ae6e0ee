/** A `.wasm` file: bundlers and runtimes differ in what an import of it gives; pass it to `init` or `initSync`. */
declare const wasm: WebAssembly.Module;
export default wasm;
