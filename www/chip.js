// Files read from a chip, recognised by their first byte (ICAO 9303-10, table 38): EF.SOD and the data groups beside it.

/** Tag → data group. */
const GROUPS = { 0x61: 1, 0x75: 2, 0x63: 3, 0x76: 4, 0x65: 5, 0x66: 6, 0x67: 7, 0x68: 8, 0x69: 9, 0x6a: 10, 0x6b: 11, 0x6c: 12, 0x6d: 13, 0x6e: 14, 0x6f: 15, 0x70: 16 };
const SOD = 0x77;

/** `{ sod, dataGroups }` when one of the files is a security object; otherwise nothing. */
export function chipOf(files) {
  const sod = files.find(([tag]) => tag === SOD);
  if (!sod || sod[1] < 0x80) return undefined;
  const dataGroups = {};
  for (const file of files) if (file !== sod && GROUPS[file[0]]) dataGroups[GROUPS[file[0]]] = file;
  return { sod, dataGroups };
}

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** A sample of a chip, `{ input, config, now }` with its bytes as bytes. */
export function unpacked({ input: { sod, dataGroups }, config: { trust }, ...sample }) {
  const groups = Object.entries(dataGroups).map(([number, group]) => [number, bytes(group)]);
  return { ...sample, input: { sod: bytes(sod), dataGroups: Object.fromEntries(groups) }, config: { trust: { csca: trust.csca.map(bytes) } } };
}
