/** What runs inside each worker of a pool: a bundler that does not follow `new URL(…, import.meta.url)` takes it as an entry of its own. */
export {};
