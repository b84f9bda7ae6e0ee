// Passports: passive authentication of one chip against pkijs on WebCrypto, and a master list of more than five hundred certificates.
// The peer gets what its own documentation shows, plus the steps of ICAO 9303-11 §5.1 that it leaves to its user; verdicts are checked on both sides.
import { readFileSync } from "node:fs";

const vectors = new URL("../../tests/vectors/", import.meta.url);
const turned = (text, place) => {
  const bytes = Buffer.from(text, "base64");
  bytes[place < 0 ? bytes.length + place : place] ^= 1;
  return bytes.toString("base64");
};

/** What both are given, as JSON: a good chip of each kind, one with a turned bit in its signature, one with another portrait; the German list, and one bit of it. */
export function chipCases() {
  const rows = JSON.parse(readFileSync(new URL("attacks/l.json", vectors), "utf8"));
  const chips = [["l000-rsa-pss-sha256", "RSA-2048 PSS"], ["l000-good", "P-256"]].map(([wanted, title]) => {
    const { config, options, input } = rows.find(({ id }) => id === wanted);
    const { sod, dataGroups } = input;
    return { title, now: options.now, csca: config.trust.csca[0], good: { sod, dataGroups }, bad: [{ sod: turned(sod, -1), dataGroups }, { sod, dataGroups: { ...dataGroups, 2: turned(dataGroups[2], -3) } }] };
  });
  const list = readFileSync(new URL("emrtd/DE_ML_2024-04-10-10-54-13.ml", vectors)).toString("base64");
  return { chips, list: { now: chips[0].now, good: list, bad: turned(list, list.length >> 2) } };
}
