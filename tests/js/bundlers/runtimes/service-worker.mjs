// A service worker: no `import()`, so that every door stands at the top.
import { every } from './every.mjs';
import * as compat from '/package/compat.js';
import * as core from '/package/core.js';
import * as full from '/package/index.js';

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('message', (event) => {
  const work = async () => {
    const catalogue = await (await fetch('/catalogue.json')).json();
    event.source.postMessage({ told: await every({ full, core, compat }, catalogue) });
  };
  event.waitUntil(work());
});
