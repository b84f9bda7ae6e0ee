// Page mode `?embed`: another page or an app asks, this page answers and shows. The protocol is that of the package's webview door:
//   request {"v":1,"id":"NONCE.1","kind":"verify"|"inspect"|"mrz","input":…,"options":…}   answer {"v":1,"id":"NONCE.1","report":…}
// NONCE comes from this page ({"v":1,"ready":NONCE}) and is new for every load, so that nothing recorded earlier is answered.

import { createBridge } from "../pkg/webview.js";

/** A number that nobody guesses. */
function newNonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The `id` of a request, when it carries this load's nonce. */
function fresh(text, nonce) {
  try {
    const { id } = JSON.parse(text);
    return typeof id === "string" && id.startsWith(`${nonce}.`);
  } catch {
    return false;
  }
}

/**
 * Starts to answer. In a frame: only the parent, only from the origins that `embed.json` names. On top, in an app's web view, the app is the host: through
 * what it injected (`eidHost`, `EidHost`, `ReactNativeWebView`, `webkit.messageHandlers.eidHost`), or by a call of `eidVerifier.answer(text)`, which
 * returns the answer, or `eidVerifier.ask(text)`, which posts it to the host.
 */
export async function startEmbed({ verify, inspect, readMrz }) {
  const bridge = createBridge({ verify }, { inspect, readMrz });
  const nonce = newNonce();
  const ready = JSON.stringify({ v: 1, ready: nonce });
  const answer = (text) => (typeof text === "string" && fresh(text, nonce) ? bridge.answer(text) : undefined);

  if (window.parent !== window) {
    const response = await fetch("./embed.json");
    const { origins } = response.ok ? await response.json() : { origins: [] };
    window.addEventListener("message", (event) => {
      if (event.source !== window.parent || !origins.includes(event.origin)) return;
      const reply = answer(event.data);
      if (reply !== undefined) window.parent.postMessage(reply, event.origin);
    });
    for (const origin of origins) window.parent.postMessage(ready, origin);
    return;
  }
  Object.defineProperty(window, "eidVerifier", { value: Object.freeze({ v: 1, ready: nonce, answer: (text) => answer(text), ask: (text) => tell(answer(text)) }) });
  // addWebMessageListener and addJavascriptInterface ("eidHost"), Flutter's JavaScriptChannel ("EidHost"), React Native: each takes text by postMessage
  const hosts = [window.eidHost, window.EidHost, window.ReactNativeWebView].filter((host) => host && typeof host.postMessage === "function");
  const tell = (text) => { if (text !== undefined) for (const host of hosts) host.postMessage(text); };
  for (const host of hosts) {
    try { host.onmessage = (event) => { const reply = answer(event.data); if (reply !== undefined) host.postMessage(reply); }; } catch { /* a plain Java object: it calls `ask` */ }
  }
  tell(ready);
  // WKScriptMessageHandlerWithReply: each reply is the next request, until there is none
  const apple = window.webkit && window.webkit.messageHandlers && window.webkit.messageHandlers.eidHost;
  if (apple) for (let next = await apple.postMessage(ready); typeof next === "string";) {
    const reply = answer(next);
    next = reply === undefined ? undefined : await apple.postMessage(reply);
  }
}
