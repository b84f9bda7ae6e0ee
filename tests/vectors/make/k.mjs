// Makes tests/vectors/attacks/k.json: zones that must be refused, each beside a good twin, by the positions of ICAO Doc 9303-4 to -7.
// Persons are invented and named SPECIMEN / MAU. Deterministic; run: node tests/vectors/make/k.mjs
import { writeFileSync } from "node:fs";

const NOW = Date.parse("2026-11-22T03:00:00Z") / 1000;
const VALUE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const digit = (s) => String([...s].reduce((sum, c, i) => sum + Math.max(0, VALUE.indexOf(c)) * [7, 3, 1][i % 3], 0) % 10);
const pad = (s, n) => s.padEnd(n, "<");
// a digit that is surely wrong
const off = (d) => String((Number(d) + 1) % 10);

// fields → lines; `wrong` names digits to spoil, with the composite digit computed over what stands there, so that each input has one fault
function td1(f, wrong = {}) {
  const d = digits(f, wrong);
  const first = pad(f.code, 2) + pad(f.state, 3) + pad(f.number, 9) + (f.numberDigit ?? d.number) + pad(f.optional ?? "", 15);
  const second = f.birth + d.birth + f.sex + f.expiry + d.expiry + pad(f.nationality, 3) + pad(f.optional2 ?? "", 11);
  const all = first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29);
  return [first, second + composite(all, wrong), pad(f.names, 30)].join("\n");
}
function td2(f, wrong = {}) {
  const d = digits(f, wrong);
  const second = pad(f.number, 9) + (f.numberDigit ?? d.number) + pad(f.nationality, 3) + f.birth + d.birth + f.sex + f.expiry + d.expiry + pad(f.optional ?? "", 7);
  const all = second.slice(0, 10) + second.slice(13, 20) + second.slice(21, 35);
  return [pad(f.code, 2) + pad(f.state, 3) + pad(f.names, 31), second + composite(all, wrong)].join("\n");
}
function td3(f, wrong = {}) {
  const d = digits(f, wrong);
  const optional = pad(f.optional ?? "", 14);
  const own = f.optionalDigit ?? (wrong.optional ? off(digit(optional)) : digit(optional));
  const second = pad(f.number, 9) + (f.numberDigit ?? d.number) + pad(f.nationality, 3) + f.birth + d.birth + f.sex + f.expiry + d.expiry + optional + own;
  const all = second.slice(0, 10) + second.slice(13, 20) + second.slice(21, 43);
  return [pad(f.code, 2) + pad(f.state, 3) + pad(f.names, 39), second + composite(all, wrong)].join("\n");
}
function visa(width, optional) {
  return (f, wrong = {}) => {
    const d = digits(f, wrong);
    const second = pad(f.number, 9) + (f.numberDigit ?? d.number) + pad(f.nationality, 3) + f.birth + d.birth + f.sex + f.expiry + d.expiry;
    return [pad(f.code, 2) + pad(f.state, 3) + pad(f.names, width - 5), second + pad(f.optional ?? "", optional)].join("\n");
  };
}
const mrvA = visa(44, 16);
const mrvB = visa(36, 8);
const digits = (f, wrong) => ({
  number: wrong.number ? off(digit(pad(f.number, 9))) : digit(pad(f.number, 9)),
  birth: wrong.birth ? off(digit(f.birth)) : digit(f.birth),
  expiry: wrong.expiry ? off(digit(f.expiry)) : digit(f.expiry),
});
const composite = (all, wrong) => (wrong.composite ? off(digit(all)) : digit(all));

const person = { state: "VNM", nationality: "VNM", names: "NGUYEN<<MAU<SPECIMEN", birth: "900101", sex: "F", expiry: "300101" };
const passport = { ...person, code: "P", number: "C1234567", optional: "" };
const permit = { ...person, code: "I", state: "UTO", nationality: "UTO", number: "D23145890" };
const visaOf = { ...person, code: "V", state: "VNM", nationality: "UTO", number: "L8988901C" };
const card = { ...person, code: "ID", number: "190000001", optional: "001190000001<<" + digit("001190000001") };
const long = { ...permit, numberDigit: "<", optional: "734" + digit("D23145890734") };

const formats = { TD1: [td1, permit], TD2: [td2, permit], TD3: [td3, { ...passport, optional: "001190000001" }], "MRV-A": [mrvA, visaOf], "MRV-B": [mrvB, visaOf] };
const cases = [];
const good = (id, row, about, input, fields = {}, now = NOW) =>
  cases.push({ id, row, about, input, now, expect: { format: fields.format, verdict: "indeterminate", codes: ["mrz_unauthenticated"], ...fields } });
const bad = (id, row, about, input, code, twin, now = NOW) => {
  const unreadable = /length|charset|format|empty/.test(code);
  const expect = { format: unreadable ? "unknown" : cases.find((c) => c.id === twin).expect.format, verdict: "invalid", codes: unreadable ? [code] : [code, "mrz_unauthenticated"] };
  cases.push({ id, row, about, input, now, twin, expect });
};

// 227: every check digit of every format
for (const [format, [make, fields]] of Object.entries(formats)) {
  const id = format.toLowerCase();
  good(`k227-${id}`, 227, `${format}, every digit right`, make(fields), { format });
  const names = format.startsWith("MRV") ? ["number", "birth", "expiry"] : format === "TD3" ? ["number", "birth", "expiry", "optional", "composite"] : ["number", "birth", "expiry", "composite"];
  for (const name of names) bad(`k227-${id}-${name}`, 227, `${format}, ${name} digit off by one`, make(fields, { [name]: true }), "mrz_check_digit_invalid", `k227-${id}`);
}
const td3Good = td3(formats.TD3[1]);
const at = (text, position, character) => text.slice(0, position) + character + text.slice(position + 1);
bad("k227-td3-letter", 227, "O where the birth digit is 0 to 9", at(td3Good, 64, "O"), "mrz_check_digit_invalid", "k227-td3");
bad("k227-td3-composite-filler", 227, "filler for the composite digit", at(td3Good, 88, "<"), "mrz_check_digit_invalid", "k227-td3");
bad("k227-td3-number-filler", 227, "filler for the number digit: a passport's number does not run on", td3({ ...passport, numberDigit: "<" }), "mrz_check_digit_invalid", "k227-td3");
good("k227-td3-unused-filler", 227, "unused optional data with a filler for its digit", td3({ ...passport, optionalDigit: "<" }), { format: "TD3" });
good("k227-td3-unused-zero", 227, "unused optional data with 0 for its digit", td3({ ...passport, optionalDigit: "0" }), { format: "TD3" });
bad("k227-td3-used-filler", 227, "filler for the digit of optional data that is used", td3({ ...formats.TD3[1], optionalDigit: "<" }), "mrz_check_digit_invalid", "k227-td3");
bad("k227-td3-unused-wrong", 227, "unused optional data with 1 for its digit", td3({ ...passport, optionalDigit: "1" }), "mrz_check_digit_invalid", "k227-td3-unused-zero");
good("k227-card", 227, "Vietnamese card: twelve digits with a digit of their own", td1(card), { format: "TD1", personalNumber: "001190000001" });
bad("k227-card-optional", 227, "Vietnamese card: the twelve digits' own digit off by one", td1({ ...card, optional: "001190000001<<" + off(digit("001190000001")) }), "mrz_check_digit_invalid", "k227-card");

// 230: alphabet
bad("k230-lower", 230, "lower case throughout", td3Good.toLowerCase(), "mrz_charset_invalid", "k227-td3");
bad("k230-one-lower", 230, "one small letter in the name", at(td3Good, 6, "g"), "mrz_charset_invalid", "k227-td3");
for (const [id, character] of [["accent", "É"], ["fullwidth-digit", "１"], ["arabic-digit", "١"], ["cyrillic", "А"], ["guillemet", "«"], ["space", " "], ["nul", "\0"], ["tab", "\t"], ["hyphen", "-"], ["zero-width", "\u200b"], ["emoji", "😀"]])
  bad(`k230-${id}`, 230, `one character outside A–Z 0–9 <: ${id}`, at(td3Good, 20, character), "mrz_charset_invalid", "k227-td3");

// 233: lines
const td1Good = td1(permit);
const td2Good = td2(permit);
const lengths = {
  empty: ["", "input_empty"], "td1-29": [td1Good.split("\n").map((l) => l.slice(0, 29)).join("\n")], "td1-31": [td1Good.split("\n").map((l) => l + "<").join("\n")],
  "td2-35": [td2Good.split("\n").map((l) => l.slice(0, 35)).join("\n")], "td2-37": [td2Good.split("\n").map((l) => l + "<").join("\n")],
  "td3-43": [td3Good.split("\n").map((l) => l.slice(0, 43)).join("\n")], "td3-45": [td3Good.split("\n").map((l) => l + "<").join("\n")],
  "first-43": [td3Good.replace("<\n", "\n")], "second-45": [td3Good + "<"], crlf: [td3Good.replaceAll("\n", "\r\n")], cr: [td3Good.replaceAll("\n", "\r")],
  "trailing-space": [td3Good + " "], "trailing-line-feed": [td3Good + "\n"], "leading-line-feed": ["\n" + td3Good], "leading-space": [" " + td3Good], "two-line-feeds": [td3Good.replace("\n", "\n\n")],
  "td1-2-lines": [td1Good.split("\n").slice(0, 2).join("\n")], "td1-4-lines": [td1Good + "\n" + "<".repeat(30)], "td3-1-line": [td3Good.split("\n")[0]], "td3-3-lines": [td3Good + "\n" + "<".repeat(44)],
  joined: [td3Good.replace("\n", "")], "line-separator": [td3Good.replace("\n", "\u2028")], "byte-order-mark": ["\ufeff" + td3Good], long: [(td3Good + "\n").repeat(700)],
};
for (const [id, [input, code]] of Object.entries(lengths)) {
  const twin = id.startsWith("td1") ? "k227-td1" : id.startsWith("td2") ? "k227-td2" : "k227-td3";
  bad(`k233-${id}`, 233, `lines: ${id}`, input, code ?? "mrz_length_invalid", twin);
}

// 234: document numbers that run on
const number = "D23145890734";
for (const [format, make, room] of [["TD1", td1, 15], ["TD2", td2, 7]]) {
  const id = format.toLowerCase();
  good(`k234-${id}`, 234, `${format}: number of twelve characters`, make(long), { format, documentNumber: number });
  const most = "7".repeat(room - 2);
  good(`k234-${id}-most`, 234, `${format}: the longest number`, make({ ...long, optional: most + digit("D23145890" + most) }), { format, documentNumber: "D23145890" + most });
  const fault = (name, about, fields) => bad(`k234-${id}-${name}`, 234, `${format}: ${about}`, make({ ...long, ...fields }), "mrz_format_invalid", `k234-${id}`);
  const full = "7".repeat(room - 1);
  fault("no-terminator", "no filler after the overflow's digit", { optional: full + digit("D23145890" + full) });
  fault("no-digit", "overflow without its digit (one number in ten would hide this: its last character would be the digit of the rest)", { optional: "734" });
  fault("only-digit", "a digit and no overflow", { optional: digit("D23145890") });
  fault("nothing", "filler for the digit and no overflow", { optional: "" });
  fault("wrong-digit", "overflow's digit off by one", { optional: "734" + off(digit(number)) });
  fault("filler-inside", "filler inside the overflow", { optional: "7<4" + digit("D231458907<4") });
  fault("filler-first", "filler in front of the overflow", { optional: "<734" + digit(number) });
  fault("filler-in-nine", "filler among the first nine", { number: "D231<5890", optional: "734" + digit("D231<5890734") });
  fault("short-nine", "fewer than nine in front", { number: "D2314589", optional: "734" + digit("D2314589<734") });
}
good("k234-td1-and-more", 234, "TD1: optional data after a long number", td1({ ...long, optional: "734" + digit(number) + "<XYZ" }), { format: "TD1", documentNumber: number });
good("k234-filler-inside-short", 234, "a short number may hold a filler, for a character that a zone lacks", td3({ ...passport, number: "C12<4567" }), { format: "TD3", documentNumber: "C12<4567" });
for (const [id, value] of [["none", ""], ["leading", "<C123456"]])
  bad(`k234-number-${id}`, 234, `document number: ${id}`, td3({ ...passport, number: value }), "mrz_format_invalid", "k227-td3-unused-zero");

// 236: centuries
const when = (id, about, fields, birth, expiry = "2030-01-01") => good(`k236-${id}`, 236, about, td3({ ...passport, ...fields }), { format: "TD3", birth, expiry });
when("birth-30", "birth 30 01 01 is 1930, expiry 30 01 01 is 2030", { birth: "300101" }, "1930-01-01");
when("birth-today", "born today", { birth: "261122" }, "2026-11-22");
when("birth-tomorrow", "a birth is never tomorrow", { birth: "261123" }, "1926-11-23");
when("birth-leap", "29 February of 00 exists in 2000 only", { birth: "000229" }, "2000-02-29");
when("birth-year-only", "only the year of birth is known", { birth: "30<<<<" }, "1930-XX-XX");
when("birth-no-day", "the day of birth is unknown", { birth: "9005<<" }, "1990-05-XX");
when("birth-unknown", "nothing of the birth is known", { birth: "<<<<<<" }, "XXXX-XX-XX");
when("expiry-50", "fifty years ahead", { expiry: "761122" }, "1990-01-01", "2076-11-22");
const past = (id, about, fields, expiry) => {
  bad(`k236-${id}`, 236, about, td3({ ...passport, ...fields }), "document_expired", "k227-td3-unused-zero");
  cases.at(-1).expect.expiry = expiry;
};
past("expiry-yesterday", "expired yesterday", { expiry: "261121" }, "2026-11-21");
past("expiry-10", "ten years ago", { expiry: "161122" }, "2016-11-22");
past("expiry-beyond-50", "beyond fifty years ahead: read as past", { expiry: "761123" }, "1976-11-23");
past("expiry-beyond-10", "beyond ten years back: read as past", { expiry: "120415" }, "2012-04-15");
past("expiry-99", "991231 means no expiry on a Vietnamese card only", { expiry: "991231" }, "1999-12-31");
good("k236-card-no-expiry", 236, "Vietnamese card without expiry", td1({ ...card, expiry: "991231" }), { format: "TD1", expiry: null });
good("k236-card-century", 236, "the personal number names the century of birth", td1({ ...card, birth: "150101", number: "115000001", optional: "001115000001<<" + digit("001115000001") }), { format: "TD1", birth: "1915-01-01" });
for (const [id, fields] of Object.entries({
  "birth-month-13": { birth: "901301" }, "birth-day-0": { birth: "900100" }, "birth-april-31": { birth: "900431" }, "birth-leap": { birth: "010229" }, "birth-half-filler": { birth: "90<101" },
  "birth-half-filler-day": { birth: "90010<" }, "birth-letter": { birth: "9O0101" }, "expiry-month-0": { expiry: "300001" }, "expiry-february-30": { expiry: "300230" }, "expiry-no-day": { expiry: "3001<<" },
  "expiry-unknown": { expiry: "<<<<<<" }, "expiry-half-filler": { expiry: "30<101" }, "expiry-letter": { expiry: "3OO101" },
})) bad(`k236-${id}-invalid`, 236, `no date: ${id}`, td3({ ...passport, ...fields }), "mrz_date_invalid", "k227-td3-unused-zero");

// 184: the last day, at UTC+7
const last = td3({ ...passport, expiry: "261122" });
good("k184-last-second", 184, "last second of the last day in Hanoi", last, { format: "TD3", expiry: "2026-11-22" }, Date.parse("2026-11-22T16:59:59Z") / 1000);
bad("k184-over", 184, "the last day is over in Hanoi", last, "document_expired", "k184-last-second", Date.parse("2026-11-22T17:00:00Z") / 1000);

// neighbours: what each field may hold
const wrongField = (id, about, fields, make = td3, base = passport, twin = "k227-td3-unused-zero") =>
  bad(`k-${id}`, 234, about, make({ ...base, ...fields }), "mrz_format_invalid", twin);
const goodField = (id, about, fields, more = {}, make = td3, base = passport, format = "TD3") => good(`k-${id}`, 234, about, make({ ...base, ...fields }), { format, ...more });
wrongField("name-digit", "a digit in the name", { names: "NGUYEN<<MAU<SPEC1MEN" });
wrongField("name-none", "no name", { names: "" });
wrongField("code-x", "document code X", { code: "X" });
wrongField("code-i-passport", "code of a card on a passport", { code: "I" });
wrongField("code-digit", "a digit in the document code", { code: "P1" });
wrongField("code-p-card", "code of a passport on a card", { code: "P" }, td1, permit, "k227-td1");
wrongField("code-v-second", "V as second letter of a card's code", { code: "IV" }, td1, permit, "k227-td1");
wrongField("code-td2-p", "code of a passport on a TD2", { code: "P" }, td2, permit, "k227-td2");
for (const [id, state] of [["digit", "UT0"], ["unlisted", "RSL"], ["user-assigned", "XKX"], ["two", "VN"], ["none", ""], ["filler-inside", "V<M"]]) {
  wrongField(`state-${id}`, `issuing state ${id}`, { state });
  wrongField(`nationality-${id}`, `nationality ${id}`, { nationality: state });
}
for (const sex of ["X", "0", "W"]) wrongField(`sex-${sex}`, `sex ${sex}`, { sex });
goodField("sex-filler", "sex unspecified", { sex: "<" }, { sex: "X" });
for (const code of ["D", "XXA", "XXB", "XXC", "XXX", "UNO", "UNA", "UNK", "EUE", "RKS", "XOM", "XPO", "GBD", "GBN", "GBO", "GBP", "GBS", "UTO"])
  goodField(`state-${code}`, `state ${code}`, { state: code, nationality: code }, { issuingState: code, nationality: code });
for (const code of ["P", "PP", "PD", "PO", "PR"]) goodField(`code-${code}`, `passport ${code}`, { code });
for (const code of ["I", "A", "C", "ID", "IR", "AC"]) goodField(`card-${code}`, `card ${code}`, { code }, {}, td1, permit, "TD1");
goodField("name-single", "one name only", { names: "SPECIMEN" }, { names: { primary: "SPECIMEN", secondary: "", truncated: false } });
goodField("name-truncated", "a name that fills its field may be cut", { names: "SPECIMENNAVADHANANDA<<ARNPOL<PETCH<CHAR" }, { names: { primary: "SPECIMENNAVADHANANDA", secondary: "ARNPOL PETCH CHAR", truncated: true } });

const ids = cases.map((c) => c.id);
if (new Set(ids).size !== ids.length) throw new Error("two cases of one id");
for (const c of cases) if (c.twin && !ids.includes(c.twin)) throw new Error(`${c.id}: no twin`);
const out = new URL("../attacks/k.json", import.meta.url);
writeFileSync(out, "[\n" + cases.map((c) => " " + JSON.stringify(c)).join(",\n") + "\n]\n");
console.log(`${cases.length} cases, ${cases.filter((c) => c.twin).length} of them bad`);
