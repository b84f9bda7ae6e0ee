// The whole engine, loaded only when a chip comes: the small one has no certificates in it.

export { default, Verifier } from "../pkg/index.js";
