// Section H: type, level, kind of holder, claims of the profile (contract §5, §12).
import { ISSUER, Section, VCT, alien, clear, good, keys, levelTwo, make, passport, pin, pinned, proof, raw, small, withMember } from "./base.mjs";
import { credential } from "../authority.mjs";
import { portrait } from "../portrait.mjs";
import { plain, organisation } from "../people.mjs";

export function sectionH() {
  const s = new Section("H", "Type, level, kind, claims");
  const one = s.good("good", "a citizen, level 1", { input: good().token });
  const two = s.good("level-2", "a citizen, level 2", { input: make(levelTwo()).token });
  const foreigner = s.good("foreigner", "a foreigner, level 1", { input: make(alien()).token });
  const orgs = pinned({ kinds: ["organisation"] });
  const orgClaims = (more = {}) => ({ ...plain(organisation()), iss: ISSUER, ...more });
  const org = s.good("organisation", "an organisation", { config: orgs, input: make(orgClaims()).token });
  const bad = (id, row, about, code, claims, twin = one, config) => s.bad(id, row, about, code, twin, { input: make(claims).token, ...(config && { config }) });
  const fine = (id, row, about, claims, config, expect) => {
    s.good(id, about, { row, input: make(claims).token, ...(config && { config }) });
    if (expect) Object.assign(s.cases.at(-1).expect, expect);
    return id;
  };
  const citizen = (more, base = small) => base(more);

  bad("vct-not-asked", 159, "a type that was not asked for", "vct_not_accepted", citizen({}), fine("vct-asked", 159, "a type that was asked for", small(), pinned({ vct: [VCT.citizen] })), pinned({ vct: [VCT.foreigner] }));
  for (const [name, vct] of [["version", "urn:eid:vn:citizen:2"], ["case", "urn:eid:vn:Citizen:1"], ["slash", `${VCT.citizen}/`], ["space", `${VCT.citizen} `], ["prefix", "urn:eid:vn:citizen"], ["unknown", "https://credentials.example/identity"], ["empty", ""]]) {
    bad(`vct-${name}`, 159, `vct ${JSON.stringify(vct)}: compared byte for byte`, "vct_not_accepted", citizen({ vct }));
  }
  bad("vct-missing", 160, "no vct", "claim_missing", citizen({ vct: undefined }));
  for (const [name, vct] of [["number", 1], ["array", [VCT.citizen]], ["null", null], ["object", {}]]) bad(`vct-${name}`, 160, `vct is ${name}`, "claim_type_invalid", citizen({ vct }));
  fine("vct-integrity", 161, "vct#integrity is read and nothing is fetched", small({ "vct#integrity": "sha256-AAAA" }));

  const levels = [["string", "2"], ["fraction", 2.5], ["99", 99], ["minus", -1], ["null", null], ["array", [2]], ["0", 0], ["3", 3], ["true", true], ["object", {}], ["empty", ""], ["big", 4294967298]];
  for (const [name, eid_level] of levels) bad(`level-${name}`, 163, `eid_level ${JSON.stringify(eid_level)}`, "level_invalid", citizen({ eid_level }, levelTwo), two);
  for (const text of ["2.0", "1.0", "1e0"]) {
    s.bad(`level-literal-${text}`, 163, `eid_level ${text}: an integer literal is wanted`, "number_invalid", one, { input: raw(withMember(`"eid_level":${text}`, clear({ eid_level: undefined }))) });
  }
  bad("level-missing", 162, "a person without eid_level", "level_missing", citizen({ eid_level: undefined }));
  bad("level-missing-foreigner", 162, "a foreigner without eid_level", "level_missing", alien({ eid_level: undefined }), foreigner);

  bad("evidence-missing", 164, "level 2 without evidence", "level_evidence_missing", citizen({ evidence: undefined }, levelTwo), two);
  bad("evidence-empty", 164, "level 2 with an empty evidence array", "level_evidence_missing", citizen({ evidence: [] }, levelTwo), two);
  const withheld = credential("citizen-2", { claims: { evidence: undefined } });
  s.bad("evidence-withheld", 164, "level 2 whose evidence is not shown", "level_evidence_missing", two, { input: withheld.token });
  const evidences = [
    ["immigration", proof("national_immigration", "portrait"), "a citizen proofed at the immigration database"], ["business", proof("business_registration", "portrait"), "a citizen proofed at the business register"],
    ["registry", proof("citizen_identity", "registry"), "a person by method registry"], ["voice", proof("citizen_identity", "voice"), "a method nobody knows"], ["self", proof("self", "portrait"), "a source nobody knows"],
    ["string", "portrait", "evidence is a string"], ["object", proof("citizen_identity", "portrait")[0], "evidence is an object"], ["of-strings", ["portrait"], "evidence of strings"],
    ["no-method", [{ source: "citizen_identity", verified_at: "2026-09-01T08:30:00+07:00" }], "no method"], ["no-source", [{ method: "portrait", verified_at: "2026-09-01T08:30:00+07:00" }], "no source"],
    ["bad-instant", [{ method: "portrait", source: "citizen_identity", verified_at: "2026-09-01 08:30" }], "verified_at is no RFC 3339 instant"],
    ["no-zone", [{ method: "portrait", source: "citizen_identity", verified_at: "2026-09-01T08:30:00" }], "verified_at without a zone"],
    ["method-number", [{ method: 1, source: "citizen_identity", verified_at: "2026-09-01T08:30:00Z" }], "method is a number"],
  ];
  for (const [name, evidence, about] of evidences) bad(`evidence-${name}`, 165, about, "level_evidence_invalid", citizen({ evidence }, levelTwo), two);
  const alienTwo = fine("foreigner-level-2", 165, "a foreigner, level 2", alien({ eid_level: 2, evidence: proof("national_immigration", "portrait") }));
  bad("evidence-foreigner-population", 165, "a foreigner proofed at the population database", "level_evidence_invalid", alien({ eid_level: 2, evidence: proof("national_population", "portrait") }), alienTwo);
  fine("evidence-population", 165, "a citizen proofed at the population database", levelTwo({ evidence: proof("national_population", "fingerprint") }));
  fine("evidence-surplus", 165, "evidence on level 1 is surplus", small({ evidence: proof("citizen_identity", "portrait") }));
  const both = pinned({ evidence: "portrait-and-fingerprint" });
  const bothTwin = fine("evidence-both", 165, "portrait and fingerprint, both asked", levelTwo({ evidence: proof("citizen_identity", "portrait", "fingerprint") }), both);
  bad("evidence-portrait-only", 165, "portrait alone where both are asked", "level_evidence_missing", levelTwo(), bothTwin, both);

  const high = pinned({ minLevel: 2 });
  fine("level-2-asked", 166, "level 2 where 2 is asked", levelTwo(), high);
  bad("level-insufficient", 166, "level 1 where 2 is asked", "level_insufficient", citizen({}), "level-2-asked", high);
  bad("level-insufficient-foreigner", 166, "a foreigner of level 1 where 2 is asked", "level_insufficient", alien(), "level-2-asked", high);
  bad("level-insufficient-evidence", 166, "level 1 with the evidence of level 2 is still level 1", "level_insufficient", citizen({ evidence: proof("citizen_identity", "portrait", "fingerprint") }), "level-2-asked", high);
  s.bad("level-insufficient-call", 166, "level 2 asked by the call", "level_insufficient", two, { input: good().token, options: { policy: { minLevel: 2 } } });
  const narrow = pinned({}, [pin(ISSUER, [keys.issuer], { maxLevel: 1 })]);
  const narrowTwin = fine("max-level", 167, "a pin for level 1, a credential of level 1", small(), narrow);
  bad("issuer-level", 167, "a pin for level 1, a credential of level 2", "issuer_level_not_authorised", levelTwo(), narrowTwin, narrow);
  bad("issuer-vct", 168, "a pin for foreigners' credentials, a citizen's", "issuer_not_authorised", citizen({}), one, pinned({}, [pin(ISSUER, [keys.issuer], { vct: [VCT.foreigner] })]));
  bad("issuer-kind", 168, "a pin for foreigners, a citizen", "issuer_not_authorised", citizen({}), one, pinned({}, [pin(ISSUER, [keys.issuer], { kinds: ["foreigner"] })]));

  bad("foreigner-as-citizen", 169, "a foreigner's number under the citizen type", "subject_class_mismatch", citizen({ foreigner_identification_number: "FRN0SPECIMEN0042" }));
  bad("travel-as-citizen", 169, "a travel document under the citizen type", "subject_class_mismatch", citizen({ travel_document: passport("2033-01-31") }));
  bad("residence-as-citizen", 169, "a residence under the citizen type", "subject_class_mismatch", citizen({ residence: { kind: "temporary_card", expires_on: "2030-01-01" } }));
  bad("nationality-as-citizen", 169, "a nationality under the citizen type", "subject_class_mismatch", citizen({ nationality: "FRA" }));
  bad("citizen-as-foreigner", 169, "a personal identification number under the foreigner type", "subject_class_mismatch", alien({ personal_identification_number: "001190000018" }), foreigner);
  bad("card-as-foreigner", 169, "an identity card under the foreigner type", "subject_class_mismatch", alien({ identity_card: { kind: "CC", number: "CC0SPECIMEN9", expires_on: null } }), foreigner);
  bad("organisation-as-citizen", 169, "an organisation's identifier under the citizen type", "subject_class_mismatch", citizen({ organisation_identifier: "0100000000-SPECIMEN" }));
  bad("person-as-organisation", 169, "a person's birth date under the organisation type", "subject_class_mismatch", orgClaims({ birthdate: "1990-03-15" }), org, orgs);
  s.bad("foreigner-under-citizen", 169, "a whole foreigner's credential under the citizen type", "subject_class_mismatch", foreigner, { input: credential("foreigner-1", { claims: { vct: VCT.citizen } }).token });
  bad("kind-organisation", 169, "an organisation where persons are asked", "subject_class_mismatch", orgClaims(), org, pinned());
  bad("kind-citizen", 169, "a citizen where organisations are asked", "subject_class_mismatch", citizen({}), org, orgs);
  bad("kind-foreigner", 169, "a foreigner where citizens are asked", "subject_class_mismatch", alien(), foreigner, pinned({ kinds: ["citizen"] }));

  const pinOk = fine("personal-number", 170, "twelve digits", small({ personal_identification_number: "001190000018" }));
  for (const [name, value] of [["11", "00119000001"], ["13", "0011900000180"], ["letter", "00119000001O"], ["fullwidth", "００１１９００００１８"], ["arabic", "٠٠١١٩٠٠٠٠٠١٨"], ["space", "001 19000018"], ["empty", ""], ["minus", "-01190000018"]]) {
    bad(`pin-${name}`, 170, `a personal number that is not twelve ASCII digits (${name})`, "claim_value_invalid", citizen({ personal_identification_number: value }), pinOk);
  }
  for (const [name, value] of [["number", 1190000018], ["null", null], ["array", ["001190000018"]]]) bad(`pin-${name}`, 170, `a personal number that is ${name}`, "claim_type_invalid", citizen({ personal_identification_number: value }), pinOk);
  fine("pin-unusual", 170, "a personal number whose province, sex or year is odd is a warning", small({ personal_identification_number: "999990000018" }), undefined, { skip: "personal_number_unusual" });
  const number = fine("foreigner-number", 171, "an opaque number of 32", alien({ foreigner_identification_number: "A1".repeat(16) }));
  for (const [name, value] of [["33", "A".repeat(33)], ["empty", ""], ["lower", "frn0"], ["dash", "FRN-0"], ["accent", "É1"]]) bad(`foreigner-number-${name}`, 171, `a foreigner's number (${name})`, "claim_value_invalid", alien({ foreigner_identification_number: value }), number);

  const need = (requiredClaims) => pinned({ requiredClaims });
  fine("required", 172, "required and disclosed", small(), need(["name", ["birthdate"]]));
  bad("required-withheld", 172, "required and withheld", "claim_missing", citizen({ gender: undefined }), "required", need(["name", "gender"]));
  bad("required-nested", 172, "a required nested claim is absent", "claim_missing", alien({ travel_document: passport("2033-01-31", { number: undefined }) }), fine("required-nested-there", 172, "a nested claim, required and there", alien({ travel_document: passport("2033-01-31") }), need([["travel_document", "number"]])), need([["travel_document", "number"]]));

  const values = [
    ["gender", "M"], ["gender", "Female"], ["birthdate", "1990-02-30"], ["birthdate", "1990-3-15"], ["birthdate", "15-03-1990"], ["birthdate", "19900315"], ["birthdate", "1990-03-15T00:00:00Z"], ["birthdate", "1990-00-10"],
    ["birthdate", "1900-02-29"], ["birthdate", ""], ["eid_law", "ND13-2023"], ["eid_law", "nd69-2024"],
    ["identity_card", { kind: "PASSPORT", number: "CC0SPECIMEN9", expires_on: null }], ["identity_card", { kind: "CC", number: "CC0SPECIMEN9", expires_on: "2030-13-01" }],
    ["age_equal_or_over", { 18: false }], ["age_equal_or_over", { 60: true }], ["age_equal_or_over", { 18: true, 40: true }],
  ];
  values.forEach(([name, value], index) => {
    const clean = citizen({ birthdate: "1990-03-15", [name]: value });
    bad(`value-${name}-${index}`, 173, `${name}: ${JSON.stringify(value)}`, "claim_value_invalid", clean);
  });
  const types = [["name", 7], ["name", null], ["name", ["x"]], ["birthdate", 19900315], ["gender", true], ["age_equal_or_over", [18]], ["age_equal_or_over", { 18: "true" }], ["identity_card", "CC"], ["sub", 7], ["eid_law", 69]];
  types.forEach(([name, value], index) => bad(`type-${name}-${index}`, 173, `${name}: ${JSON.stringify(value)}`, "claim_type_invalid", citizen({ [name]: value })));
  fine("ages", 173, "age claims that agree with the birth date", small({ birthdate: "1990-03-15", age_equal_or_over: { 16: true, 18: true, 36: true, 37: false } }));
  const alienValues = [["nationality", "FR"], ["nationality", "fra"], ["nationality", "ZZZ"], ["nationality", "FRAN"], ["nationality", ""], ["residence", { kind: "tourist", expires_on: "2030-01-01" }],
    ["travel_document", passport("2033-02-30")], ["travel_document", passport("31-01-2033")], ["travel_document", passport("2033-01-31", { country: "FR" })], ["residence", { kind: "temporary_card", expires_on: "" }]];
  alienValues.forEach(([name, value], index) => bad(`alien-${name}-${index}`, 173, `${name}: ${JSON.stringify(value)}`, "claim_value_invalid", alien({ [name]: value }), foreigner));
  for (const code of ["XXA", "XXB", "XXC", "XXX", "D", "GBN", "UNO"]) fine(`nationality-${code}`, 173, `nationality ${code}`, alien({ nationality: code }));

  const image = fine("portrait", 174, "a PNG", small({ portrait: portrait(120) }));
  const b64 = (bytes) => Buffer.from(bytes).toString("base64");
  const images = [["svg", `data:image/svg+xml;base64,${b64("<svg onload=alert(1)>")}`], ["html", `data:text/html;base64,${b64("<script>alert(1)</script>")}`], ["javascript", "javascript:alert(1)"], ["url", "https://specimen.example/a.png"],
    ["magic", `data:image/jpeg;base64,${portrait(120).split(",")[1]}`], ["no-base64", "data:image/png,abc"], ["gif", `data:image/gif;base64,${b64("GIF89a")}`], ["upper", portrait(120).replace("image/png", "IMAGE/PNG")], ["parameter", portrait(120).replace(";base64", ";charset=utf-8;base64")],
    ["base64url", portrait(120).replace(/\+/, "-")], ["empty", "data:image/png;base64,"]];
  for (const [name, value] of images) if (value !== portrait(120)) bad(`portrait-${name}`, 174, `a portrait that is none (${name})`, "portrait_forbidden", citizen({ portrait: value }), image);
  const sized = (bytes) => `data:image/jpeg;base64,${b64(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(bytes - 3)]))}`;
  const large = (bytes) => ({ input: compress(raw(JSON.stringify(clear({ portrait: sized(bytes) })))) });
  const limit = s.good("portrait-24-kib", "a portrait of 24 KiB", { row: 174, ...large(24 * 1024) });
  s.bad("portrait-large", 174, "a portrait of 24 KiB and one byte", "portrait_too_large", limit, large(24 * 1024 + 1));
  bad("portrait-number", 174, "a portrait that is a number", "claim_type_invalid", citizen({ portrait: 7 }), image);

  fine("unknown-claims", 175, "claims outside the profile pass untouched", small({ favourite_colour: "red", nested: { deep: [1, null, true] } }));
  fine("law-transition", 175, "an account of the older decree", small({ eid_law: "ND59-2022" }), undefined, { skip: "law_transition" });
  fine("law-newer", 175, "an account of the newer decree under the older law", small(), pinned({ law: "ND59-2022" }), { skip: "law_transition" });
  fine("organisation-no-level", 175, "an organisation has no level under ND69", orgClaims(), orgs, { skip: "level_not_applicable" });
  fine("organisation-59", 175, "an organisation of the older decree, level 2", orgClaims({ eid_law: "ND59-2022", eid_level: 2 }), orgs);
  bad("organisation-level-69", 175, "an organisation of the newer decree with a level", "level_invalid", orgClaims({ eid_level: 2 }), org, orgs);
  bad("organisation-level-1", 175, "an organisation of the older decree, level 1", "level_invalid", orgClaims({ eid_law: "ND59-2022", eid_level: 1 }), org, orgs);
  return s;
}

/** Long runs of one piece, written short. */
function compress(text) {
  const runs = [...text.matchAll(/(QUFB|AAAA|QUFBQUFB)\1+/g)].sort((a, b) => b[0].length - a[0].length)[0];
  const piece = runs[1];
  return { repeat: [[text.slice(0, runs.index), 1], [piece, runs[0].length / piece.length], [text.slice(runs.index + runs[0].length), 1]] };
}
