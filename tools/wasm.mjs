// Just enough of the WebAssembly binary format to read its sections and to rewrite `target_features`.
// https://webassembly.github.io/spec/core/binary/modules.html · tool-conventions/Linking.md, "Target Features Section"

function leb(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, at };
  }
}

function toLeb(value) {
  const bytes = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value ? low | 0x80 : low);
  } while (value);
  return Uint8Array.from(bytes);
}

const text = new TextDecoder();

/** `[{ id, name?, start, body, end }]`; `name` for custom sections, whose `body` follows it. */
export function sections(bytes) {
  if (text.decode(bytes.subarray(0, 4)) !== "\0asm") throw new Error("not a WebAssembly module");
  const list = [];
  for (let at = 8; at < bytes.length; ) {
    const start = at;
    const id = bytes[at];
    const size = leb(bytes, at + 1);
    const end = size.at + size.value;
    let body = size.at;
    let name;
    if (id === 0) {
      const length = leb(bytes, body);
      name = text.decode(bytes.subarray(length.at, length.at + length.value));
      body = length.at + length.value;
    }
    list.push({ id, name, start, body, end });
    at = end;
  }
  return list;
}

/** Names in the `target_features` section, such as `+bulk-memory`. */
export function features(bytes) {
  const section = sections(bytes).find((each) => each.name === "target_features");
  if (!section) return [];
  const list = [];
  const count = leb(bytes, section.body);
  let { at } = count;
  for (let index = 0; index < count.value; index += 1) {
    const prefix = String.fromCharCode(bytes[at]);
    const length = leb(bytes, at + 1);
    list.push(prefix + text.decode(bytes.subarray(length.at, length.at + length.value)));
    at = length.at + length.value;
  }
  return list;
}

/** The same module without the named features in `target_features`: wasm-bindgen reads its orders there. */
export function withoutFeatures(bytes, unwanted) {
  const section = sections(bytes).find((each) => each.name === "target_features");
  if (!section) return bytes;
  const kept = features(bytes).filter((feature) => !unwanted.includes(feature.slice(1)));
  const encode = (string) => [...toLeb(string.length), ...new TextEncoder().encode(string)];
  const body = [
    ...encode("target_features"),
    ...toLeb(kept.length),
    ...kept.flatMap((feature) => [feature.charCodeAt(0), ...encode(feature.slice(1))]),
  ];
  const whole = [0, ...toLeb(body.length), ...body];
  return Buffer.concat([bytes.subarray(0, section.start), Uint8Array.from(whole), bytes.subarray(section.end)]);
}

/** The same module without these custom sections. */
export function withoutCustom(bytes, unwanted) {
  const kept = sections(bytes).filter(({ id, name }) => id !== 0 || !unwanted.includes(name));
  return Buffer.concat([bytes.subarray(0, 8), ...kept.map(({ start, end }) => bytes.subarray(start, end))]);
}

const IMPORT = 2;
const CODE = 10;
const FUNCTION_NAMES = 1;

/** `[{ name, size }]` of every function with a body, by the `name` section (core specification, appendix "Name Section"). */
export function functions(bytes) {
  const all = sections(bytes);
  const section = (id, name) => all.find((each) => each.id === id && each.name === name);
  let at;
  const number = () => {
    const read = leb(bytes, at);
    at = read.at;
    return read.value;
  };
  const string = () => {
    const length = number();
    at += length;
    return text.decode(bytes.subarray(at - length, at));
  };
  let imported = 0;
  if (section(IMPORT)) {
    at = section(IMPORT).body;
    for (let left = number(); left > 0; left -= 1) {
      string();
      string();
      const kind = bytes[at++];
      if (kind !== 0) throw new Error("only functions are expected to be imported"); // as wasm-bindgen makes modules
      number();
      imported += 1;
    }
  }
  const names = new Map();
  const named = section(0, "name");
  for (at = named?.body ?? 0; named && at < named.end; ) {
    const kind = bytes[at++];
    const size = number();
    const end = at + size;
    if (kind === FUNCTION_NAMES) for (let left = number(); left > 0; left -= 1) names.set(number(), string());
    at = end;
  }
  at = section(CODE).body;
  return Array.from({ length: number() }, (_, index) => {
    const size = number();
    at += size;
    return { name: names.get(imported + index) ?? "", size };
  });
}
