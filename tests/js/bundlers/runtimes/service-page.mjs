navigator.serviceWorker.onmessage = ({ data }) => (window.answer = data);
try {
  await navigator.serviceWorker.register('/tests/js/bundlers/runtimes/service-worker.mjs', { type: 'module', scope: '/' });
  (await navigator.serviceWorker.ready).active.postMessage('go');
} catch (error) {
  window.answer = { error: String(error) };
}
