// Registers the service worker, tells when the page can do without a network, and offers a newer version when there is one.

import { h, replace, icon } from "./dom.js";
import { t } from "./i18n.js";

/** Under Trusted Types a worker's address must come from a policy; this one knows a single address. */
function workerAddress() {
  const address = "./sw.js";
  if (!window.trustedTypes) return address;
  return window.trustedTypes.createPolicy("eid-page", { createScriptURL: () => address }).createScriptURL("");
}

/** Starts the worker; a browser without one still shows the page. */
export async function startOffline({ note }) {
  if (!navigator.serviceWorker || !window.isSecureContext) return;
  try {
    const registration = await navigator.serviceWorker.register(workerAddress());
    navigator.serviceWorker.ready.then(() => {
      note.hidden = false;
      replace(note, icon("offline"), h("span", { "data-word": "offlineReady" }, t("offlineReady")));
    });
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
