// The main thread of a browser.
import { every, pooled } from './every.mjs';
import * as full from '/package/index.js';
import * as compat from '/package/compat.js';
import * as core from '/package/core.js';
import * as inline from '/package/inline.js';
import { createPool } from '/package/worker.js';

const json = async (path) => (await fetch(path)).json();

async function main() {
  const told = await every({ full, core, inline, compat }, await json('/catalogue.json'));
  return { told, pool: await pooled({ createPool }, await json('/case.json')) };
}

main().then((answer) => (window.answer = answer), (error) => (window.answer = { error: String(error) }));
