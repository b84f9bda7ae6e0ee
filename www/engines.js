// The two engines, as the package names them. Served, each has the hash of what is in it in its name: stamp.mjs puts that here and into the page's preload.

export const CORE = "./pkg/wasm/core/eid_verifier_bg.wasm";
export const FULL = "./pkg/wasm/full/eid_verifier_bg.wasm";
