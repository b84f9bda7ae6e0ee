// Section F: selective disclosure (RFC 9901 §7.1, §7.3; draft-ietf-oauth-sd-jwt-vc §2.2.2.2; contract §12 "Neighbours").
import { b64u, utf8 } from "../bytes.mjs";
import { sha256 } from "@noble/hashes/sha2.js";
import { NOW, Section, clear, digestOf, disclosureOf, good, handmade, keys, make, sd, small } from "./base.mjs";
import { ISSUER } from "../authority.mjs";
import { decoys } from "../sd-jwt.mjs";

const text = (value) => JSON.stringify(value);

export function sectionF() {
  const s = new Section("F", "Selective disclosure");
  const twin = s.good("good", "two disclosures", { input: good().token });
  const bad = (id, row, about, code, input, other = twin) => s.bad(id, row, about, code, other, { input });
  const { jwt, disclosures } = good();
  const [first, second] = disclosures.map((one) => one.text);
  const one = (...disclosure) => handmade({ disclosures: [text(disclosure)] });
  const extra = s.good("extra", "one claim by a disclosure made by hand", { row: 113, input: one("salt", "extra", 1) });

  s.good("first-only", "the first alone", { row: 113, input: `${jwt}~${first}~` });
  s.good("second-only", "the second alone", { row: 113, input: `${jwt}~${second}~` });
  s.good("reordered", "the order of disclosures says nothing", { row: 113, input: `${jwt}~${second}~${first}~` });
  s.good("withheld", "all withheld", { row: 113, input: `${jwt}~` });
  bad("unreferenced", 113, "a disclosure that no digest refers to", "disclosure_unreferenced", `${jwt}~${disclosureOf(["salt", "admin", true])}~`);
  bad("unreferenced-beside", 113, "one more, beside the good ones", "disclosure_unreferenced", `${jwt}~${first}~${second}~${disclosureOf(["salt", "admin", true])}~`);
  bad("other-salt", 113, "the same claim with another salt", "disclosure_unreferenced", `${jwt}~${disclosureOf(["salt", "name", "NGUYỄN THỊ MẪU"])}~`);
  bad("other-value", 113, "the value changed", "disclosure_unreferenced", `${jwt}~${b64u(Buffer.from(second, "base64url").toString().replace("1990", "2010"))}~`);
  bad("other-spelling", 113, "the same JSON with a space more", "disclosure_unreferenced", `${jwt}~${b64u(Buffer.from(second, "base64url").toString().replace(",", ", "))}~`);
  bad("of-other-token", 113, "a disclosure of another credential", "disclosure_unreferenced", `${jwt}~${make(small(), { seed: "other" }).disclosures[0].text}~`);
  bad("digest-of-bytes", 113, "the digest is over the JSON, not over its base64url", "disclosure_unreferenced",
    handmade({ disclosures: [text(["salt", "extra", 1])], digests: () => [b64u(sha256(utf8(text(["salt", "extra", 1]))))] }), extra);
  bad("digest-hex", 113, "the digest in hexadecimal", "disclosure_unreferenced",
    handmade({ disclosures: [text(["salt", "extra", 1])], digests: ([made]) => [Buffer.from(digestOf(made), "base64url").toString("hex")] }), extra);
  bad("digest-padded", 113, "the digest with padding", "disclosure_unreferenced",
    handmade({ disclosures: [text(["salt", "extra", 1])], digests: ([made]) => [`${digestOf(made)}=`] }), extra);
  bad("digest-in-string", 113, "the digest stands in a claim, not in _sd", "disclosure_unreferenced",
    handmade({ disclosures: [text(["salt", "extra", 1])], payload: ([made]) => ({ ...clear(), x: digestOf(made) }) }), extra);

  bad("twice", 114, "the same disclosure twice", "disclosure_duplicate", `${jwt}~${first}~${first}~`);
  bad("twice-apart", 114, "the same disclosure twice, apart", "disclosure_duplicate", `${jwt}~${first}~${second}~${first}~`);

  const withDigests = (payload, present) => handmade({ disclosures: [text(["salt", "extra", 1])], payload: ([made]) => payload(digestOf(made)), present });
  bad("digest-twice", 115, "one digest twice in one _sd", "digest_duplicate", withDigests((d) => ({ ...clear(), _sd: [d, d] })), extra);
  bad("digest-twice-undisclosed", 115, "one digest twice, not disclosed", "digest_duplicate", withDigests((d) => ({ ...clear(), _sd: [d, d] }), []), extra);
  bad("digest-two-levels", 115, "one digest at two levels", "digest_duplicate", withDigests((d) => ({ ...clear(), _sd: [d], x: { _sd: [d] } })), extra);
  bad("digest-object-array", 115, "one digest in _sd and in an array", "digest_duplicate", withDigests((d) => ({ ...clear(), _sd: [d], x: [{ "...": d }] }), []), extra);
  const pairs = s.good("array", "array elements by disclosure", { row: 115, input: arrays([["salt0", "a"], ["salt1", "b"]]) });
  bad("digest-twice-in-array", 115, "one digest twice in an array", "digest_duplicate", arrays([["salt0", "a"]], 2), pairs);
  const recursive = (inner) => {
    const child = text(["salt-c", "child", 1]);
    const parent = text(["salt-p", "parent", { _sd: [digestOf(disclosureOf(child))] }]);
    return handmade({ disclosures: [parent, child], digests: ([madeParent, madeChild]) => [digestOf(madeParent), ...(inner ? [digestOf(madeChild)] : [])] });
  };
  const nestedTwin = s.good("recursive", "a disclosure inside a disclosed object", { row: 115, input: recursive(false) });
  bad("digest-in-parent", 115, "one digest in the payload and in a disclosed object", "digest_duplicate", recursive(true), nestedTwin);

  for (const [name, value] of [["string", "x"], ["object", {}], ["number", 1], ["null", null], ["true", true]]) {
    bad(`sd-${name}`, 116, `_sd is ${name}`, "sd_structure_invalid", withDigests(() => ({ ...clear(), _sd: value }), []), extra);
    bad(`sd-nested-${name}`, 116, `_sd in a nested object is ${name}`, "sd_structure_invalid", withDigests(() => ({ ...clear(), x: { _sd: value } }), []), extra);
  }
  for (const [name, value] of [["number", 7], ["null", null], ["object", {}], ["array", []]]) {
    bad(`sd-of-${name}`, 116, `_sd holds ${name}`, "sd_structure_invalid", withDigests((d) => ({ ...clear(), _sd: [d, value] })), extra);
    bad(`element-${name}`, 116, `an array element {"...": ${name}}`, "sd_structure_invalid", withDigests(() => ({ ...clear(), x: [{ "...": value }] }), []), pairs);
  }
  bad("element-and-more", 116, 'an array element {"...": digest} with another member', "sd_structure_invalid", withDigests((d) => ({ ...clear(), x: [{ "...": d, y: 1 }] }), []), pairs);
  s.good("decoys", "digests of nothing", { row: 116, input: make(small({ "": decoys(20), x: [decoys(3), sd(1)] })).token });
  s.good("empty-sd", "an empty _sd", { row: 116, input: withDigests(() => ({ ...clear(), _sd: [] }), []) });
  bad("inner-sd-in-disclosure", 116, "_sd inside a disclosed object is a string", "sd_structure_invalid", one("salt", "extra", { _sd: "x" }), extra);

  bad("name-sd", 117, "disclosed name _sd", "disclosure_claim_forbidden", one("salt", "_sd", [digestOf("x")]), extra);
  bad("name-sd-nested", 117, "disclosed name _sd in a nested object", "disclosure_claim_forbidden", nestedName("_sd", []), s.good("nested", "a disclosure in a nested object", { row: 117, input: nestedName("y", 1) }));
  bad("name-sd-escaped", 117, "disclosed name _sd, spelled with an escape", "disclosure_claim_forbidden", handmade({ disclosures: ['["salt","\\u005fsd",[]]'] }), extra);
  bad("name-dots", 118, "disclosed name ...", "disclosure_claim_forbidden", one("salt", "...", "x"), extra);
  bad("name-dots-nested", 118, "disclosed name ... in a nested object", "disclosure_claim_forbidden", nestedName("...", "x"), "nested");

  bad("conflict-name", 120, "disclosed name beside a clear claim of that name", "disclosure_claim_conflict", one("salt", "name", "SPECIMEN"), extra);
  bad("conflict-level", 120, "disclosed eid_level beside a clear one", "disclosure_claim_conflict", one("salt", "eid_level", 2), extra);
  for (const [name, value] of [["iss", "https://unknown.specimen.example"], ["exp", NOW + 1000], ["nbf", 1], ["vct", "urn:eid:vn:organisation:1"], ["cnf", {}], ["status", {}]]) {
    const claims = clear({ nbf: NOW - 100, cnf: { jwk: keys.holder.jwk }, status: { status_list: { idx: 1, uri: "https://status.specimen.example/lists/1" } } });
    const beside = s.cases.some(({ id }) => id === "all-protected") ? "all-protected" : s.good("all-protected", "every protected claim, clear", { row: 120, input: handmade({ claims }) });
    bad(`conflict-${name}`, 120, `disclosed ${name} beside a clear one`, "disclosure_claim_conflict", handmade({ claims, disclosures: [text(["salt", name, value])] }), beside);
  }
  bad("conflict-two", 120, "two disclosures of one name", "disclosure_claim_conflict", handmade({ disclosures: [text(["salt1", "extra", 1]), text(["salt2", "extra", 2])] }), extra);
  bad("conflict-nested", 120, "disclosed name beside a clear one in a nested object", "disclosure_claim_conflict", nestedName("z", 1), "nested");

  for (const [name, value] of [["iss", ISSUER], ["exp", NOW + 1000], ["cnf", { jwk: keys.holder.jwk }], ["vct", "urn:eid:vn:citizen:1"], ["nbf", NOW - 10], ["status", { status_list: { idx: 1, uri: "https://status.specimen.example/lists/1" } }]]) {
    const clearTwin = s.good(`clear-${name}`, `${name} clear`, { row: 121, input: handmade({ claims: clear({ [name]: value }) }) });
    bad(`only-${name}`, 121, `${name} only by disclosure`, "disclosure_claim_forbidden", handmade({ claims: clear({ [name]: undefined }), disclosures: [text(["salt", name, value])] }), clearTwin);
  }
  s.good("sub-disclosed", "sub and iat may be disclosed", { row: 121, input: handmade({ claims: clear({ sub: undefined, iat: undefined }), disclosures: [text(["salt", "sub", "SPECIMEN-A"]), text(["salt2", "iat", NOW - 10])] }) });

  const shapes = [
    ["empty-array", []], ["one", ["salt"]], ["two", ["salt", "value"]], ["four", ["salt", "extra", 1, 2]], ["five", ["salt", "extra", 1, 2, 3]],
    ["salt-number", [1, "extra", 1]], ["salt-null", [null, "extra", 1]], ["name-number", ["salt", 1, 1]], ["name-null", ["salt", null, 1]], ["name-array", ["salt", ["extra"], 1]],
    ["object", { salt: 1 }], ["string", "extra"], ["number", 7], ["null", null],
  ];
  for (const [name, shape] of shapes) bad(`shape-${name}`, 122, `an object slot's disclosure is ${name}`, "disclosure_invalid", handmade({ disclosures: [text(shape)] }), extra);
  for (const [name, shape] of [["three", ["salt", "extra", 1]], ["one", ["salt"]], ["four", ["salt", 1, 2, 3]], ["empty", []], ["object", {}]]) {
    bad(`element-shape-${name}`, 122, `an array slot's disclosure has ${name}`, "disclosure_invalid", arrays([shape]), pairs);
  }
  const faults = [["no-json", "salt extra"], ["unclosed", '["salt","extra",1'], ["trailing", '["salt","extra",1] x'], ["comma", '["salt","extra",1,]'], ["surrogate", '["salt","extra","\\ud800"]'],
    ["control", '["salt","extra","a\u0001b"]'], ["nan", '["salt","extra",NaN]'], ["bom", '\ufeff["salt","extra",1]']];
  for (const [name, json] of faults) bad(`json-${name}`, 123, `a disclosure is no JSON (${name})`, "disclosure_invalid", handmade({ disclosures: [json] }), extra);
  s.good("white-space", "white space and escapes inside a disclosure", { row: 123, input: handmade({ disclosures: [' [ "s\\u0061lt" ,\n"extra" , { "y" : 1 } ] '] }) });
  s.good("long-salt", "an empty salt and a long one are salts", { row: 123, input: handmade({ disclosures: [text(["", "extra", 1]), text(["x".repeat(500), "more", 2])] }) });

  const shapesOf = [["md5", "md5"], ["sha1", "sha-1"], ["sha256-32", "sha-256-32"], ["upper", "SHA-256"], ["sha256", "sha256"], ["number", 7], ["null", null], ["empty", ""], ["array", ["sha-256"]], ["sha3", "sha3-256"], ["space", "sha-256 "], ["object", {}], ["blake", "blake2s-256"]];
  for (const [name, alg] of shapesOf) bad(`alg-${name}`, 126, `_sd_alg is ${text(alg)}`, "sd_alg_unsupported", handmade({ disclosures: [text(["salt", "extra", 1])], payload: ([made]) => ({ ...clear(), _sd: [digestOf(made)], _sd_alg: alg }) }), extra);
  for (const alg of ["sha-256", "sha-384", "sha-512"]) {
    s.good(`alg-${alg}`, `_sd_alg ${alg}`, { row: 126, input: make(small(), { sdAlg: alg }).token });
  }
  for (const [stated, used] of [["sha-512", "sha-256"], ["sha-256", "sha-384"], ["sha-384", "sha-512"]]) {
    bad(`alg-${stated}-for-${used}`, 127, `_sd_alg says ${stated}, the digests are ${used}`, "disclosure_unreferenced",
      handmade({ disclosures: [text(["salt", "extra", 1])], payload: ([made]) => ({ ...clear(), _sd: [digestOf(made, used)], _sd_alg: stated }) }), `alg-${stated}`);
  }
  bad("alg-unused", 128, "_sd_alg is unknown though nothing is withheld", "sd_alg_unsupported", handmade({ claims: clear(), payload: () => ({ ...clear(), _sd_alg: "md5" }) }), extra);

  const child = text(["salt-c", "child", 1]);
  const parent = text(["salt-p", "parent", { _sd: [digestOf(disclosureOf(child))] }]);
  const family = (present) => handmade({ disclosures: [parent, child], digests: ([made]) => [digestOf(made)], present });
  const whole = s.good("parent-and-child", "parent and child disclosed", { row: 129, input: family([parent, child]) });
  s.good("child-first", "the child stands before its parent", { row: 129, input: family([child, parent]) });
  s.good("parent-only", "the parent alone", { row: 129, input: family([parent]) });
  bad("child-only", 129, "child disclosed, parent withheld", "disclosure_unreferenced", family([child]), whole);
  const element = text(["salt-e", ["x", { "...": digestOf(disclosureOf(text(["salt-i", "inner"]))) }]]);
  const inner = text(["salt-i", "inner"]);
  const tree = (present) => handmade({ disclosures: [element, inner], payload: ([made]) => ({ ...clear(), list: [{ "...": digestOf(made) }] }), present });
  const treeTwin = s.good("array-in-array", "an array element inside a disclosed element", { row: 129, input: tree([element, inner]) });
  bad("inner-only", 129, "inner element disclosed, outer withheld", "disclosure_unreferenced", tree([inner]), treeTwin);

  const chain = (length) => {
    const made = [text(["salt-0", "leaf", 1])];
    for (let depth = 1; depth < length; depth += 1) made.unshift(text([`salt-${depth}`, `n${depth}`, { _sd: [digestOf(disclosureOf(made[0]))] }]));
    return handmade({ disclosures: made, digests: ([top]) => [digestOf(top)] });
  };
  const short = s.good("chain-20", "20 disclosures, one inside another", { row: 130, input: chain(20) });
  bad("chain-40", 130, "40 disclosures, one inside another: deeper than JSON may be", "disclosure_too_deep", chain(40), short);
  bad("chain-200", 130, "200 disclosures, one inside another", "disclosure_too_deep", chain(200), short);
  bad("self", 131, "a disclosure that would have to hold its own digest cannot be made; one that holds another's unused digest and is not referred to can", "disclosure_unreferenced",
    `${jwt}~${disclosureOf(["salt", "loop", { _sd: [digestOf(first)] }])}~`);
  bad("unreferenced-withheld", 132, "its digest stands in a disclosed object's neighbour that is withheld", "disclosure_unreferenced", family([text(["salt-x", "other", {}])]), whole);
  return s;
}

/** `list: [{"...": digest}, …]` with one disclosure for each. */
function arrays(shapes, times = 1) {
  return handmade({
    disclosures: shapes.map(text),
    payload: (encoded) => ({ ...clear(), list: encoded.flatMap((made) => Array.from({ length: times }, () => ({ "...": digestOf(made) }))) }),
  });
}

/** One disclosure inside a clear object that has a member `z`. */
function nestedName(name, value) {
  return handmade({ disclosures: [text(["salt", name, value])], payload: ([made]) => ({ ...clear(), box: { z: 0, _sd: [digestOf(made)] } }) });
}
