// Section B: JSON (RFC 8259, RFC 7493; contract §11 depth, §12 "Values").
import { Section, clear, good, handmade, header, raw, withMember } from "./base.mjs";
import { utf8, concat } from "../bytes.mjs";

const nested = (depth, open = "[", close = "]", core = "") => open.repeat(depth) + core + close.repeat(depth);

export function sectionB() {
  const s = new Section("B", "JSON");
  s.good("good", "the small credential", { input: good().token });
  const plainTwin = s.good("clear", "the same claims, all clear", { input: raw(JSON.stringify(clear())) });
  const bad = (id, row, about, code, input, other = plainTwin) => s.bad(id, row, about, code, other, { input });
  const json = JSON.stringify(clear());
  const payload = (id, row, about, code, text, other) => bad(id, row, about, code, raw(text), other);

  for (const [name, text] of [["array", `[${json}]`], ["string", '"iss"'], ["number", "42"], ["null", "null"], ["true", "true"], ["empty-array", "[]"]]) {
    payload(`payload-${name}`, 23, `payload is ${name}`, "json_invalid", text);
  }
  bad("header-array", 23, "header is an array", "json_invalid", raw(json, { head: `[${JSON.stringify(header())}]` }));
  bad("header-null", 23, "header is null", "json_invalid", raw(json, { head: "null" }));

  const duplicates = [
    ["exp-past-future", '"exp":1', "exp twice: future, past"],
    ["iss", '"iss":"https://unknown.specimen.example"', "iss twice"],
    ["equal", `"iss":${JSON.stringify(clear().iss)}`, "iss twice with the same value"],
    ["escaped", '"\\u0069ss":"https://unknown.specimen.example"', "iss twice, one spelled with an escape"],
    ["unknown", '"x":1,"x":2', "a claim nobody knows twice"],
    ["nested", '"x":{"y":1,"y":2}', "twice in a nested object"],
    ["in-array", '"x":[{"y":1,"y":2}]', "twice in an object in an array"],
    ["in-cnf", '"cnf":{"jwk":{"kty":"OKP","kty":"EC"}}', "kty twice in cnf.jwk"],
    ["deep-escape", '"x":{"name":1,"n\\u0061me":2}', "twice in a nested object, one with an escape"],
  ];
  for (const [name, text, about] of duplicates) payload(`duplicate-${name}`, 24, about, "json_duplicate_key", withMember(text));
  const similar = s.good("similar-names", "names that differ in case or form are different names", { row: 24, input: raw(withMember('"Exp":1,"EXP":2,"é":1,"e\\u0301":2')) });
  payload("duplicate-composed", 24, "the same letter, spelled as itself and as an escape", "json_duplicate_key", withMember('"é":1,"\\u00e9":2'), similar);
  const head = JSON.stringify(header());
  for (const [name, text] of [["alg", '"alg":"none"'], ["kid", '"kid":"x"'], ["typ", '"typ":"JWT"'], ["escaped", '"\\u0061lg":"none"']]) {
    bad(`duplicate-header-${name}`, 24, `${name} twice in the header`, "json_duplicate_key", raw(json, { head: `${head.slice(0, -1)},${text}}` }));
  }
  const inDisclosure = (value) => handmade({ disclosures: [`["salt","extra",${value}]`] });
  const extra = s.good("object-disclosed", "an object by disclosure", { row: 24, input: inDisclosure('{"y":1,"z":2}') });
  bad("duplicate-in-disclosure", 24, "a name twice inside a disclosure", "json_duplicate_key", inDisclosure('{"y":1,"y":2}'), extra);

  const broken = [
    ["trailing-comma", `${json.slice(0, -1)},}`], ["two-values", `${json}{}`], ["trailing-letter", `${json}x`], ["comment", `${json.slice(0, -1)}/**/}`],
    ["single-quotes", json.replace('"iss"', "'iss'")], ["bare-name", json.replace('"iss"', "iss")], ["unclosed", json.slice(0, -1)],
    ["nan", withMember('"x":NaN')], ["infinity", withMember('"x":-Infinity')], ["hex", withMember('"x":0x10')], ["leading-zero", withMember('"x":01')],
    ["leading-plus", withMember('"x":+1')], ["lonely-point", withMember('"x":1.')], ["starting-point", withMember('"x":.5')], ["lonely-minus", withMember('"x":-')],
    ["lonely-exponent", withMember('"x":1e')], ["control", withMember('"x":"a\nb"')], ["tab", withMember('"x":"a\tb"')], ["escape", withMember('"x":"\\x41"')],
    ["short-escape", withMember('"x":"\\u12"')], ["capital-true", withMember('"x":True')], ["undefined", withMember('"x":undefined')],
    ["missing-colon", json.replace(":", " ")], ["missing-comma", json.replace(",", " ")], ["form-feed", `\f${json}`], ["vertical-tab", `${json}\v`], ["nbsp", `\u00a0${json}`],
    ["bom", `\ufeff${json}`], ["cbor", "\u00a1"], ["semicolon", `${json};`], ["nul", `${json}\0`],
  ];
  for (const [name, text] of broken) payload(`json-${name}`, 25, `payload is no JSON: ${name}`, "json_invalid", text);
  bad("header-no-json", 26, "header is no JSON", "json_invalid", raw(json, { head: "alg=EdDSA" }));
  bad("header-unclosed", 26, "header without its last brace", "json_invalid", raw(json, { head: head.slice(0, -1) }));
  bad("header-bom", 26, "byte order mark in the header", "json_invalid", raw(json, { head: `\ufeff${head}` }));
  s.good("white-space", "white space between JSON tokens is JSON", { row: 25, input: raw(` \t\r\n${JSON.stringify(clear(), null, 2)}\n `) });
  s.good("escaped-letters", "letters may be spelled as escapes", { row: 25, input: raw(json.replace('"iss"', '"\\u0069\\u0073\\u0073"').replace("NGUY", "\\u004eGUY")) });

  const deep = s.good("depth-32", "32 containers, one in another", { row: 27, input: raw(withMember(`"x":${nested(31)}`)) });
  payload("depth-33", 27, "33 containers", "json_too_deep", withMember(`"x":${nested(32)}`), deep);
  payload("depth-33-objects", 27, "33 objects", "json_too_deep", withMember(`"x":${nested(32, '{"x":', "}", "1")}`), deep);
  payload("depth-1000", 27, "1,000 containers", "json_too_deep", withMember(`"x":${nested(1000)}`), deep);
  s.bad("depth-open", 27, "40,000 opening brackets and no end", "json_too_deep", deep, { input: openBrackets(40_000) });
  s.bad("depth-100k", 27, "100,000 opening brackets: the ceiling of the token comes first", "input_too_large", deep, { input: { repeat: [[raw("").split(".")[0], 1], [".", 1], ["W1tb", 33_334], [".AAAA~", 1]] } });
  bad("depth-header", 27, "33 containers in the header", "json_too_deep", raw(json, { head: `${head.slice(0, -1)},"x":${nested(32)}}` }), deep);
  const deepDisclosure = s.good("depth-32-disclosure", "a disclosure of 32 containers", { row: 27, input: inDisclosure(nested(31 - 1)) });
  bad("depth-33-disclosure", 27, "a disclosure of 33 containers", "json_too_deep", inDisclosure(nested(32)), deepDisclosure);

  const numbers = s.good("numbers", "numbers of every shape that 64 bits hold", { row: 28, input: raw(withMember('"x":[0,-0,1.75,-1e3,1E-2,9007199254740991,-9007199254740991]')) });
  for (const [name, text] of [["2-53-and-one", "9007199254740993"], ["minus", "-9007199254740993"], ["2-64", "18446744073709551616"], ["long", "1".repeat(400)], ["overflow", "1e400"]]) {
    payload(`number-${name}`, 28, `a number that JavaScript would change: ${name}`, "number_invalid", withMember(`"x":${text}`), numbers);
  }

  const wrong = (bytes) => raw(concat(utf8(json.slice(0, -1)), utf8(',"x":"'), Uint8Array.from(bytes), utf8('"}')));
  const letters = s.good("utf-8", "two, three and four bytes a letter", { row: 29, input: wrong(utf8("éễ😀")) });
  for (const [name, bytes] of [["ff", [0xff]], ["cut", [0xe1, 0xbb]], ["overlong", [0xc0, 0x80]], ["surrogate", [0xed, 0xa0, 0x80]], ["above", [0xf5, 0x80, 0x80, 0x80]], ["lone", [0x80]]]) {
    bad(`utf8-${name}`, 29, `the payload's bytes are not UTF-8 (${name})`, "encoding_invalid", wrong(bytes), letters);
  }
  bad("utf16", 29, "the payload in UTF-16", "encoding_invalid", raw(new Uint8Array(Buffer.from(`\ufeff${json}`, "utf16le"))), letters);

  const pair = s.good("surrogate-pair", "a pair of surrogates is a letter", { row: 30, input: raw(withMember('"x":"\\ud83d\\ude00"')) });
  for (const [name, text] of [["high", "\\ud800"], ["low", "\\udc00"], ["reversed", "\\ude00\\ud83d"], ["high-high", "\\ud83d\\ud83d"], ["cut", "\\ud83d\\u0041"], ["upper", "\\uD800"]]) {
    payload(`surrogate-${name}`, 30, `lone surrogate in a value (${name})`, "json_invalid", withMember(`"x":"${text}"`), pair);
    payload(`surrogate-name-${name}`, 30, `lone surrogate in a name (${name})`, "json_invalid", withMember(`"${text}":1`), pair);
  }

  const own = s.good("names-of-objects", "names that objects have are own data here", {
    row: 37, input: raw(withMember('"constructor":1,"toString":2,"hasOwnProperty":3,"prototype":4,"__defineGetter__":5,"valueOf":{"constructor":{"prototype":6}}')),
  });
  payload("proto", 37, "__proto__ as a claim", "claim_name_forbidden", withMember('"__proto__":{"polluted":true}'), own);
  payload("proto-null", 37, "__proto__: null", "claim_name_forbidden", withMember('"__proto__":null'), own);
  payload("proto-escaped", 37, "__proto__ spelled with an escape", "claim_name_forbidden", withMember('"\\u005f_proto__":1'), own);
  payload("proto-nested", 37, "__proto__ in a nested object", "claim_name_forbidden", withMember('"x":{"y":[{"__proto__":1}]}'), own);
  bad("proto-disclosed", 37, "__proto__ by disclosure", "claim_name_forbidden", handmade({ disclosures: ['["salt","__proto__",{"polluted":true}]'] }), extra);
  bad("proto-in-disclosure", 37, "__proto__ inside a disclosed value", "claim_name_forbidden", inDisclosure('{"__proto__":1}'), extra);
  return s;
}

/** A token whose payload opens brackets and never closes them. */
function openBrackets(count) {
  return { repeat: [[`${raw("").split(".")[0]}.`, 1], ["W1tb", Math.floor(count / 3)], [`.${"A".repeat(86)}~`, 1]] };
}
