// The version of this package; the wasm must say the same (tests/js hold it against package.json and Cargo.toml).
export const version = '0.1.0';
