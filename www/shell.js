// The frame of the page: elements by id, preferences, sheets, the line at the foot, the theme.

/** The element of an id. */
export const $ = (id) => document.getElementById(id);

/** Preferences are all that this module ever stores; none says anything about a person. */
export const preferences = {
  get(name) { try { return localStorage.getItem(`eid.${name}`); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(`eid.${name}`, value); } catch { /* private windows may refuse */ } },
};

let timer;
/** One short line at the foot of the screen. */
export function toast(text) {
  clearTimeout(timer);
  $("toast").textContent = text;
  if (text) timer = setTimeout(() => { $("toast").textContent = ""; }, 5000);
}

export function openSheet(sheet) {
  if (sheet.showModal) sheet.showModal();
  else sheet.setAttribute("open", "");
}

export function closeSheets() {
  for (const sheet of document.querySelectorAll("dialog[open]")) {
    if (sheet.close) sheet.close();
    else { sheet.removeAttribute("open"); sheet.dispatchEvent(new Event("close")); }
  }
}

const isDark = () => {
  const chosen = document.documentElement.getAttribute("data-theme");
  return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
};

/** The theme that was chosen before, and the button that chooses the other. */
export function startTheme() {
  const theme = preferences.get("theme");
  if (theme === "light" || theme === "dark") document.documentElement.setAttribute("data-theme", theme);
  $("theme").addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.setAttribute("data-theme", next);
    preferences.set("theme", next);
  });
}

/** Text for people's clipboards; false when the browser does not allow it. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Hands a file to the person: made here, sent nowhere. */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** JSON from our own origin. */
export async function loadJson(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error("not found");
  return response.json();
}

let policy;
/** Scripts of workers that may be started, and no other: Trusted Types ask for the one policy that the page's rules name. */
const WORKERS = ["./sw.js", "./dist/pdf.worker.js"];
export function workerAddress(address) {
  if (!WORKERS.includes(address)) throw new TypeError("not a worker of this page");
  if (!window.trustedTypes) return address;
  policy = policy || window.trustedTypes.createPolicy("eid-page", { createScriptURL: (text) => { if (WORKERS.includes(text)) return text; throw new TypeError("not a worker of this page"); } });
  return policy.createScriptURL(address);
}
