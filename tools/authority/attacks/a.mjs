// Section A: encoding and structure (RFC 4648 §3.3, §3.5, §5; RFC 9901 §4; contract §11, §12 "Neighbours").
import { utf8 } from "../bytes.mjs";
import { bind } from "../sd-jwt.mjs";
import { NOW, Section, b64u, clear, good, handmade, header, keys, make, raw, sd, small } from "./base.mjs";

const CAP = 64 * 1024;

/** A variant of the good credential for which `wanted` holds: the fault needs a letter that not every token has. */
function search(wanted, build) {
  for (let seed = 0; seed < 2000; seed += 1) {
    const made = build(seed);
    if (wanted(made)) return made;
  }
  throw new Error("no such token");
}

const parts = (token) => {
  const [jwt, ...rest] = token.split("~");
  const [head, payload, signature] = jwt.split(".");
  return { header: head, payload, signature, disclosure: rest[0] };
};

/** A valid token of exactly `length` characters: a claim nobody knows takes up the room. */
function padded(length) {
  for (let extra = 0; extra < 4; extra += 1) {
    const head = header(keys.issuer, { x: "y".repeat(extra) });
    const room = length - b64u(JSON.stringify(head)).length - 86 - 3; // Ed25519 signature, two dots, one tilde
    if (room % 4 === 1) continue; // a length that base64url does not have
    const payload = { filler: "", ...clear() };
    payload.filler = "A".repeat(Math.floor((room * 3) / 4) - utf8(JSON.stringify(payload)).length);
    const token = raw(JSON.stringify(payload), { head });
    if (token.length === length) return token;
  }
  throw new Error("no filler fits");
}

/** A text as runs `[piece, times]`, for files that a person can still read. */
function runs(text) {
  const longest = [...text.matchAll(/(QUFB)\1+/g)].sort((a, b) => b[0].length - a[0].length)[0];
  const at = longest.index;
  return { repeat: [[text.slice(0, at), 1], ["QUFB", longest[0].length / 4], [text.slice(at + longest[0].length), 1]] };
}

export function sectionA() {
  const s = new Section("A", "Encoding and structure");
  const token = good().token;
  const twin = s.good("good", "the small credential that the faults of this section are put into", { input: token });
  const bad = (id, row, about, code, input, other = twin) => s.bad(id, row, about, code, other, { input });

  bad("empty", 1, "empty string", "input_empty", "");
  bad("empty-bytes", 1, "no bytes", "input_empty", { bytes_b64url: "" });

  const full = s.good("64-kib", "a token of exactly 64 KiB", { row: 2, input: runs(padded(CAP)) });
  bad("cap-and-one", 2, "a good token of 64 KiB and one byte", "input_too_large", runs(padded(CAP + 1)), full);
  bad("cap-and-one-letter", 2, "64 KiB and one letter of nothing", "input_too_large", { repeat: [["a", CAP + 1]] });
  bad("many-tildes", 2, "64 KiB and one of ~", "input_too_large", { repeat: [["~", CAP + 1]] });

  for (const place of ["header", "payload", "signature", "disclosure"]) {
    const dashed = search(
      (made) => /-/.test(parts(made)[place]) && /_/.test(parts(made)[place]),
      (seed) => make(small({ sub: `SPECIMEN ${seed} >>>???`, name: sd("NGUYỄN >>>???") }), { seed: `a${seed}`, header: { x: ">>>???" } }).token,
    );
    const spelled = s.good(`url-alphabet-${place}`, `- and _ in the ${place}`, { row: 3, input: dashed });
    for (const [name, from, to] of [["plus", "-", "+"], ["slash", "_", "/"]]) {
      const piece = parts(dashed)[place];
      bad(`${name}-${place}`, 3, `${to} for ${from} in the ${place}`, "encoding_invalid", dashed.replace(piece, piece.replace(from, to)), spelled);
    }
    const short = search(
      (made) => parts(made)[place].length % 4 !== 0,
      (seed) => make(small({ sub: `SPECIMEN-${"a".repeat(seed)}`, name: sd(`NGUYỄN ${"a".repeat(seed)}`) }), { seed: `p${seed}`, header: { x: "a".repeat(seed) } }).token,
    );
    const unpadded = s.good(`unpadded-${place}`, `the ${place} needs padding and has none`, { row: 4, input: short });
    const piece = parts(short)[place];
    bad(`padding-${place}`, 4, `= padding on the ${place}`, "encoding_invalid", short.replace(piece, piece.padEnd(Math.ceil(piece.length / 4) * 4, "=")), unpadded);
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const loose = piece.slice(0, -1) + letters[letters.indexOf(piece.at(-1)) | 1];
    if (loose !== piece) bad(`trailing-bits-${place}`, 5, `spare bits of the last letter of the ${place} are not zero`, "encoding_invalid", short.replace(piece, loose), unpadded);
    const whole = search((made) => parts(made)[place].length % 4 === 0 || place === "signature",
      (seed) => make(small({ sub: `SPECIMEN-${"a".repeat(seed)}`, name: sd(`NGUYỄN ${"a".repeat(seed)}`) }), { seed: `w${seed}`, header: { x: "a".repeat(seed) } }).token);
    const fourfold = parts(whole)[place];
    const odd = place === "signature" ? fourfold.slice(0, 85) : `${fourfold}A`;
    const even = s.good(`whole-${place}`, `the ${place} has a possible length`, { row: 6, input: whole });
    bad(`length-${place}`, 6, `the ${place} has a length that base64url cannot have (4n+1)`, "encoding_invalid", whole.replace(fourfold, odd), even);
  }

  const spaces = [["space", " "], ["tab", "\t"], ["cr", "\r"], ["lf", "\n"], ["crlf", "\r\n"], ["nbsp", "\u00a0"], ["zero-width", "\u200b"], ["bom", "\ufeff"], ["nul", "\0"]];
  for (const [name, space] of spaces) {
    bad(`${name}-before`, 7, `${name} before the token`, "encoding_invalid", `${space}${token}`);
    bad(`${name}-after`, 7, `${name} after the token`, "encoding_invalid", `${token}${space}`);
    bad(`${name}-inside`, 7, `${name} inside the payload`, "encoding_invalid", `${token.slice(0, 150)}${space}${token.slice(150)}`);
  }
  for (const [name, letter] of [["fullwidth", "Ａ"], ["cyrillic", "А"], ["accent", "é"], ["percent", "%"], ["star", "*"], ["delete", "\x7f"]]) {
    bad(`${name}-letter`, 7, `a letter outside the alphabet (${name}) in the payload`, "encoding_invalid", `${token.slice(0, 150)}${letter}${token.slice(151)}`);
  }

  const bytes = (piece) => ({ bytes_b64url: b64u(piece) });
  const asBytes = s.good("bytes", "the token as bytes", { row: 8, input: bytes(token) });
  const invalid = [["ff", [0xff]], ["overlong", [0xc0, 0xae]], ["surrogate", [0xed, 0xa0, 0x80]], ["cut", [0xe1, 0xbb]], ["above", [0xf4, 0x90, 0x80, 0x80]], ["utf-16", [0xff, 0xfe]]];
  for (const [name, piece] of invalid) {
    const cut = name === "cut" ? Buffer.concat([utf8(token), Buffer.from(piece)]) : Buffer.concat([Buffer.from(piece), utf8(token)]);
    bad(`not-utf8-${name}`, 8, `bytes that are not UTF-8 (${name})`, "encoding_invalid", bytes(cut), asBytes);
  }
  bad("bytes-bom", 9, "a byte order mark before the token's bytes", "encoding_invalid", bytes(`\ufeff${token}`), asBytes);

  const { jwt } = good();
  const [head, payload, signature] = jwt.split(".");
  const jwe = b64u(JSON.stringify({ alg: "dir", enc: "A128GCM" }));
  bad("one-segment", 10, "one segment", "structure_invalid", head);
  bad("one-segment-tilde", 10, "one segment and a tilde", "structure_invalid", `${head}~`);
  bad("two-segments", 10, "two segments", "structure_invalid", `${head}.${payload}~`);
  bad("four-segments", 10, "four segments", "structure_invalid", `${jwt}.${signature}~`);
  bad("five-segments", 10, "five segments (JWE)", "structure_invalid", `${jwe}.${head}.${payload}.${signature}.${signature}`);
  bad("five-segments-tilde", 10, "five segments and a tilde", "structure_invalid", `${jwe}.${head}.${payload}.${signature}.${signature}~`);
  bad("two-tokens", 11, "two tokens joined", "structure_invalid", `${jwt}${jwt}~`);
  bad("dots", 11, "dots only", "structure_invalid", "..");
  bad("tilde", 11, "a tilde only", "structure_invalid", "~");
  bad("leading-tilde", 12, "tilde before the token", "structure_invalid", `~${token}`);
  bad("leading-dot", 12, "dot before the token", "structure_invalid", `.${token}`);
  bad("trailing-dot", 12, "dot after the signature", "structure_invalid", `${jwt}.~`);

  const bare = s.good("bare", "a bare JWS of typ eid+jwt needs no tilde", { row: 13, input: raw(JSON.stringify(clear()), { head: header(keys.issuer, { typ: "eid+jwt" }), tail: "" }) });
  bad("no-tilde", 13, "an SD-JWT without any tilde", "structure_invalid", jwt, bare);
  bad("no-last-tilde", 13, "the tilde after the last disclosure is missing", "structure_invalid", token.slice(0, -1));
  bad("older-typ-no-tilde", 13, "vc+sd-jwt without tilde", "structure_invalid", make(small(), { header: { typ: "vc+sd-jwt" } }).jwt, bare);

  bad("empty-disclosure-first", 14, "~~ before the disclosures", "structure_invalid", token.replace("~", "~~"));
  bad("empty-disclosure-last", 14, "~~ at the end", "structure_invalid", `${token}~`);
  const none = s.good("nothing-disclosed", "no disclosure at all", { row: 14, input: `${jwt}~` });
  bad("empty-disclosure-only", 14, "~~ and nothing else", "structure_invalid", `${jwt}~~`, none);
  bad("empty-disclosures-many", 14, "100 empty disclosures", "structure_invalid", { repeat: [[jwt, 1], ["~", 101]] }, none);

  const flat = JSON.stringify({ payload, protected: head, signature });
  const general = JSON.stringify({ payload, signatures: [{ protected: head, signature }] });
  bad("json-flattened", 17, "JWS JSON, flattened", "structure_invalid", flat, none);
  bad("json-general", 17, "JWS JSON, general", "structure_invalid", general, none);
  bad("json-no-signatures", 17, "JWS JSON with signatures:[]", "structure_invalid", JSON.stringify({ payload, signatures: [] }), none);
  bad("json-sd-jwt", 17, "SD-JWT in JWS JSON (RFC 9901 §8)", "structure_invalid",
    JSON.stringify({ payload, signatures: [{ protected: head, signature, header: { disclosures: token.split("~").slice(1, -1) } }] }), twin);
  bad("json-empty-object", 17, "an empty JSON object", "structure_invalid", "{}", none);

  bad("empty-header", 19, "empty header segment", "structure_invalid", `.${payload}.${signature}~`, none);
  bad("empty-payload", 19, "empty payload segment", "structure_invalid", `${head}..${signature}~`, none);
  bad("empty-signature", 19, "empty signature segment", "structure_invalid", `${head}.${payload}.~`, none);
  bad("all-empty", 19, "three empty segments", "structure_invalid", "..~", none);
  const bound = s.good("bound", "with a key-binding JWT", {
    row: 19, input: bind(make(small({ cnf: { jwk: keys.holder.jwk } })).token, keys.holder, { iat: NOW, aud: "https://verifier.specimen.example", nonce: "n" }),
  });
  const boundText = s.cases.at(-1).input;
  bad("empty-binding-signature", 19, "the key-binding JWT has an empty signature", "structure_invalid", boundText.replace(/[^.]*$/, ""), bound);
  bad("binding-two-segments", 19, "the key-binding JWT has two segments", "structure_invalid", boundText.replace(/\.[^.]*$/, ""), bound);

  const many = (count) => {
    const disclosures = Array.from({ length: count }, (_, index) => JSON.stringify([`salt${index}`, `c${index}`, index]));
    return handmade({ claims: clear(), disclosures });
  };
  const most = s.good("256-disclosures", "256 disclosures", { row: 20, input: many(256) });
  bad("257-disclosures", 20, "257 disclosures", "resource_limit", many(257), most);
  bad("uri", 21, "a URI is no token", "structure_invalid", "openid4vp://authorize?request_uri=https:specimen.example");
  bad("script", 21, "a javascript: link is no token", "structure_invalid", "javascript:alert(1)");
  bad("bearer", 22, "Bearer prefix", "encoding_invalid", `Bearer ${token}`);
  return s;
}

