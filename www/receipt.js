// What may be kept of a check: what was asked and found, and by what. Nothing of whom.

import { CORE, FULL } from "./engines.js";
import { copy, download, toast } from "./shell.js";
import { t } from "./i18n.js";

const hashes = {};

/** SHA-256 of the engine's file, in hex: which program found it. */
function engineHash(name) {
  hashes[name] = hashes[name] || (async () => {
    const response = await fetch(name === "full" ? FULL : CORE);
    const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  })();
  return hashes[name];
}

/** The receipt of a report: plain data, made of closed sets of words, numbers and dates only. `asked` is what the console asked for. */
export async function receipt({ verdict, codes, format, verifiedAt, validUntil, engine }, { lists = [], whole = false, asked } = {}) {
  const name = whole ? "full" : "core";
  const sha256 = await engineHash(name).catch(() => undefined);
  return { v: 1, verdict, codes, format, verifiedAt, validUntil, engine: { version: engine.version, build: name, sha256 }, lists, asked };
}

/** Copies or saves a receipt as JSON. */
export async function handOver(manner, promise) {
  const kept = await promise;
  const text = JSON.stringify(kept, null, 1);
  if (manner === "save") return download(`receipt-${kept.verifiedAt.replace(/[^0-9TZ]/g, "")}.json`, "application/json", text);
  return toast(t((await copy(text)) ? "copied" : "notCopied"));
}

/** A cell of a table that a spreadsheet may open: text that begins like a formula is kept from being one, and quotes are doubled (RFC 4180 §2). */
export function cell(value) {
  const text = String(value === undefined || value === null ? "" : value);
  const plain = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${plain.replace(/"/g, '""')}"`;
}

const COLUMNS = [
  ["verifiedAt", (one) => one.verifiedAt], ["verdict", (one) => one.verdict], ["codes", (one) => one.codes.join(" ")], ["format", (one) => one.format],
  ["validUntil", (one) => one.validUntil], ["purpose", (one) => one.asked && one.asked.purpose], ["level", (one) => one.asked && one.asked.minLevel],
  ["lists", (one) => one.lists.map(({ artefact, version }) => `${artefact} ${version === undefined ? "" : version}`.trim()).join(" ")],
  ["engine", (one) => `${one.engine.version} ${one.engine.build} ${one.engine.sha256}`],
];

/** Receipts as a table. */
export const asCsv = (receipts) => `\ufeff${[COLUMNS.map(([name]) => cell(name)), ...receipts.map((one) => COLUMNS.map(([, read]) => cell(read(one))))].map((row) => row.join(",")).join("\r\n")}\r\n`;
