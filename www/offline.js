// Registers the service worker, tells when the page can do without a network, and offers a newer version when there is one.

import { h, replace, icon } from "./dom.js";
import { t } from "./i18n.js";
import { workerAddress } from "./shell.js";

/** Starts the worker; a browser without one still shows the page. */
export async function startOffline({ note, shared }) {
  if (!navigator.serviceWorker || !window.isSecureContext) return;
  try {
    const registration = await navigator.serviceWorker.register(workerAddress("./sw.js"));
    navigator.serviceWorker.ready.then(() => {
      note.hidden = false;
      replace(note, icon("offline"), h("span", { "data-word": "offlineReady" }, t("offlineReady")));
    });
    if (new URLSearchParams(location.search).has("shared")) fetchShared(shared);
    const offer = () => registration.waiting && navigator.serviceWorker.controller && offerUpdate(note, registration.waiting);
    offer();
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      if (worker) worker.addEventListener("statechange", offer);
    });
  } catch { /* no worker: the page works as long as there is a network */ }
}

/** The old version keeps running, whole, until the person agrees: old glue never meets a new engine. */
function offerUpdate(note, waiting) {
  note.hidden = false;
  replace(note, h("span", { "data-word": "update" }, t("update")),
    h("button", {
      type: "button",
      class: "secondary",
      onclick: () => {
        navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
        waiting.postMessage("use-new-version");
      },
    }, t("reload")));
}

/** What another app shared waits in the worker's memory; it comes once, and the address forgets that it was ever there. */
function fetchShared(take) {
  history.replaceState(null, "", location.pathname);
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data && Array.isArray(data.shared) && data.shared.length > 0) take(data.shared);
  }, { once: true });
  if (navigator.serviceWorker.controller) navigator.serviceWorker.controller.postMessage("what-was-shared");
}
