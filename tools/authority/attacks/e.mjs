// Section E: issuers and trust lists (contract §6, §12 "Trust material", "Issuers", "Pins and kid"; after TUF's root rules).
import { DAY, ISSUER, NOW, Section, VCT, good, header, keys, levelTwo, make, pin, pinned, raw, small, alien } from "./base.mjs";
import { SECOND_ISSUER, anchored, listed, signedTrust, trustPayload } from "../authority.mjs";
import { b64u, flipBit, unb64u } from "../bytes.mjs";
import { root, trustList } from "../lists.mjs";
import { signGeneral } from "../jws.mjs";

export function sectionE() {
  const s = new Section("E", "Issuer and trust list");
  const pinTwin = s.good("good", "a pinned issuer", { input: good().token });
  const list = signedTrust();
  const twin = s.good("listed", "a listed issuer", { config: anchored([list]), input: good().token });
  const bad = (id, row, about, code, { lists = [list], trust = {}, input = good().token, other = twin, ...more } = {}) =>
    s.bad(id, row, about, code, other, { config: anchored(lists, {}, trust), input, ...more });
  const fine = (id, row, about, { lists = [list], trust = {}, input = good().token, expect, ...more } = {}) => {
    s.good(id, about, { row, config: anchored(lists, {}, trust), input, ...more });
    if (expect) Object.assign(s.cases.at(-1).expect, expect);
    return id;
  };
  const with_ = (more, issuers) => signedTrust({ ...more, ...(issuers && { issuers }) });
  const entry = (more, signers = [keys.issuer]) => listed(ISSUER, signers, more);

  const names = [["other", "https://other.specimen.example"], ["slash", `${ISSUER}/`], ["case", ISSUER.toUpperCase()], ["prefix", ISSUER.slice(0, -1)], ["suffix", `${ISSUER}.attacker.example`], ["http", ISSUER.replace("https", "http")], ["port", `${ISSUER}:443`], ["empty", ""], ["space", `${ISSUER} `], ["user", ISSUER.replace("https://", "https://x@")]];
  for (const [name, iss] of names) {
    s.bad(`pinned-${name}`, 85, `iss that is not pinned (${name})`, "issuer_unknown", pinTwin, { input: make(small({ iss })).token });
    bad(`listed-${name}`, 85, `iss that is not listed (${name})`, "issuer_unknown", { input: make(small({ iss })).token });
  }
  const two = pinned({}, [pin(ISSUER, [keys.issuer]), pin(SECOND_ISSUER, [keys.second])]);
  const twoTwin = s.good("two-issuers", "one of two pinned issuers", { row: 86, config: two, input: good().token });
  s.bad("other-issuer-key", 86, "iss A, kid and key of issuer B", "issuer_key_mismatch", twoTwin, { config: two, input: make(small(), { key: keys.second }).token });
  bad("other-issuer-key-listed", 86, "iss A, kid and key of listed issuer B", "issuer_key_mismatch", { input: make(small(), { key: keys.second }).token });
  s.bad("other-issuer-kid", 86, "iss A, kid of issuer B, signed by A", "issuer_key_mismatch", twoTwin, { config: two, input: make(small(), { header: { kid: keys.second.kid } }).token });
  const nameless = pinned({}, [{ iss: ISSUER, keys: [keys.issuer.jwk] }, pin(SECOND_ISSUER, [keys.second])]);
  s.bad("nameless-other-kid", 86, "a sole key without kid does not serve another issuer's kid", "issuer_key_mismatch", s.good("nameless", "a sole key without kid", { row: 86, config: nameless, input: good().token }), { config: nameless, input: make(small(), { header: { kid: keys.second.kid } }).token });
  for (const [name, iss] of [["array", [ISSUER]], ["object", { id: ISSUER }], ["number", 7], ["null", null], ["bool", true]]) s.bad(`iss-${name}`, 89, `iss is ${name}`, "claim_type_invalid", pinTwin, { input: make(small({ iss })).token });

  const general = (change) => { const parsed = JSON.parse(list); change(parsed); return JSON.stringify(parsed); };
  bad("payload-bit", 91, "one digit of the list's payload", "trust_list_signature_invalid", { lists: [general((l) => { l.payload = b64u(Buffer.from(l.payload, "base64url").toString().replace('"maxLevel":1', '"maxLevel":2')); })] });
  bad("signature-bit", 91, "one bit of one signature", "trust_list_signature_invalid", { lists: [general((l) => { l.signatures[0].signature = b64u(flipBit(unb64u(l.signatures[0].signature), 100)); })] });
  bad("version-8", 92, "version below the one the page remembers", "trust_list_rollback", { trust: { minVersion: 8 } });
  fine("version-7", 92, "the version that the page remembers", { trust: { minVersion: 7 } });
  fine("update-older", 92, "an update with an older version changes nothing", { updates: [{ trustLists: [with_({ version: 6, issuers: [] })] }], expect: { trust: "trust_list_rollback" } });
  fine("update-other", 93, "an update with the same version and other content changes nothing", { updates: [{ trustLists: [with_({ issuers: [] })] }], expect: { trust: "trust_list_inconsistent" } });
  fine("update-same", 93, "the same list again", { updates: [{ trustLists: [list] }] });
  s.bad("update-newer", 93, "a newer list without the issuer is believed", "issuer_unknown", twin, { config: anchored([list]), input: good().token, updates: [{ trustLists: [with_({ version: 8 }, [listed(SECOND_ISSUER, [keys.second])])] }] });
  const exp = NOW + 28 * DAY;
  bad("expired", 94, "the list ended a second ago", "trust_list_expired", { lists: [with_({ exp: NOW - 1 })] });
  bad("expired-now", 94, "the list ends now", "trust_list_expired", { lists: [with_({ exp: NOW })] });
  fine("expires-next", 94, "the list ends in a second", { lists: [with_({ exp: NOW + 1 })] });
  bad("not-yet", 95, "the list is of tomorrow", "trust_list_not_yet_valid", { lists: [with_({ iat: NOW + DAY, exp })] });

  const signedBy = (...signers) => signedTrust({}, signers);
  const [a, b, c] = keys.anchors;
  fine("three", 96, "three of three", { lists: [signedBy(a, b, c)] });
  bad("one-of-two", 96, "one signature where two are needed", "trust_list_threshold_not_met", { lists: [signedBy(a)] });
  bad("twice", 96, "one anchor twice", "trust_list_threshold_not_met", { lists: [signedBy(a, a)] });
  bad("one-stranger", 96, "one anchor and a stranger", "trust_list_threshold_not_met", { lists: [signedBy(a, keys.nextAnchors[0])] });
  bad("no-signature", 96, "no signature at all", "trust_list_threshold_not_met", { lists: [general((l) => { l.signatures = []; })] });
  const next = root(keys.nextAnchors, 2);
  fine("rotation", 97, "a new root, signed by the old quorum and the new one", { lists: [list, signedTrust({ version: 8, root: next }, [a, b, ...keys.nextAnchors.slice(0, 2)])] });
  fine("rotation-chain", 97, "a third list, signed by the new quorum alone", { lists: [list, signedTrust({ version: 8, root: next }, [a, b, ...keys.nextAnchors.slice(0, 2)]), signedTrust({ version: 9, root: next }, keys.nextAnchors.slice(0, 2))] });
  fine("rotation-order", 97, "lists are applied in the order of their versions", { lists: [signedTrust({ version: 9, root: next }, keys.nextAnchors.slice(0, 2)), signedTrust({ version: 8, root: next }, [a, b, ...keys.nextAnchors.slice(0, 2)]), list] });
  fine("rotation-stolen", 97, "a new root that the old quorum did not sign changes nothing", { lists: [list], updates: [{ trustLists: [signedTrust({ version: 8, root: next, issuers: [] }, keys.nextAnchors.slice(0, 2))] }], expect: { trust: "trust_list_threshold_not_met" } });
  fine("rotation-half", 97, "a new root that one of the old quorum signed changes nothing", { lists: [list], updates: [{ trustLists: [signedTrust({ version: 8, root: next, issuers: [] }, [a, ...keys.nextAnchors.slice(0, 2)])] }], expect: { trust: "trust_list_threshold_not_met" } });

  const broken = [
    ["no-version", { version: undefined }], ["version-text", { version: "7" }], ["version-minus", { version: -1 }], ["no-iat", { iat: undefined }], ["no-exp", { exp: undefined }], ["exp-text", { exp: "2027" }], ["inverted", { exp: NOW - 3 * DAY }],
    ["no-root", { root: undefined }], ["no-issuers", { issuers: undefined }], ["issuers-object", { issuers: {} }], ["threshold-0", { root: { ...root(keys.anchors), threshold: 0 } }], ["threshold-4", { root: { ...root(keys.anchors), threshold: 4 } }],
  ];
  for (const [name, more] of broken) bad(`shape-${name}`, 98, `the list's shape (${name})`, "trust_list_invalid", { lists: [with_(more)] });
  const entries = [["state", { state: "open" }], ["no-state", { state: undefined }], ["level-3", { maxLevel: 3 }], ["kinds", { kinds: ["robot"] }], ["no-vct", { vct: undefined }], ["vct-text", { vct: VCT.citizen }]];
  for (const [name, more] of entries) bad(`entry-${name}`, 98, `one entry's shape (${name})`, "trust_list_invalid", { lists: [with_({}, [entry(more)])] });
  bad("entry-twice", 98, "one issuer twice", "trust_list_invalid", { lists: [with_({}, [entry({}), entry({})])] });
  const malformed = [["short", { x: "AAAA" }], ["no-crv", { crv: undefined }], ["status", { status: "lost" }], ["nbf-text", { nbf: "2026" }]];
  for (const [name, more] of malformed) bad(`key-${name}`, 99, `one malformed key refuses the list (${name})`, "key_invalid", { lists: [with_({}, [entry({}), listed(SECOND_ISSUER, [], { keys: [keys.second.publicJwk({ status: "active", ...more })] })])] });
  fine("update-malformed", 99, "a malformed newer list leaves the older one", { updates: [{ trustLists: [with_({ version: 8 }, [listed(ISSUER, [], { keys: [{ kty: "OKP" }] })])] }], expect: { trust: "key_invalid" } });
  bad("no-json", 100, "a list that is no JSON", "trust_list_invalid", { lists: ["list"] });
  bad("list-array", 100, "a list that is a JSON array", "trust_list_invalid", { lists: ["[]"] });
  bad("list-payload-array", 100, "a list whose payload is an array", "trust_list_invalid", { lists: [signGeneral("eid-trust-list+jws", "[]", [a, b])] });
  bad("typ-credential", 102, "a credential's typ on a list", "typ_mismatch", { lists: [trustList([a, b], trustPayload(), { typ: "dc+sd-jwt" })] });
  s.bad("list-as-credential", 102, "a list's typ in the credential's slot", "typ_mismatch", pinTwin, { input: raw(JSON.stringify(trustPayload()), { head: header(keys.issuer, { typ: "eid-trust-list+jws" }) }) });
  s.bad("list-json-as-credential", 102, "a list where a credential is wanted", "structure_invalid", twin, { config: anchored([list]), input: list });

  const keyed = (more) => with_({}, [listed(ISSUER, [], { keys: [keys.issuer.publicJwk({ status: "active", ...more })] })]);
  const issued = NOW - DAY;
  fine("window", 103, "iat inside the key's window", { lists: [keyed({ nbf: issued, exp: issued + 1 })] });
  bad("window-before", 103, "iat before the key's window", "key_not_valid_at_time", { lists: [keyed({ nbf: issued + 1 })], other: "window" });
  bad("window-after", 103, "iat at the end of the key's window", "key_not_valid_at_time", { lists: [keyed({ exp: issued })], other: "window" });
  fine("retired", 104, "signed before the key was retired", { lists: [keyed({ status: "retired", since: issued + 1 })] });
  bad("retired-after", 104, "signed after the key was retired", "key_not_valid_at_time", { lists: [keyed({ status: "retired", since: issued - 1 })], other: "retired" });
  bad("compromised", 105, "a compromised key, iat before the mark: the thief writes the iat", "key_revoked", { lists: [keyed({ status: "compromised", since: issued + 1 })], other: "retired" });
  bad("compromised-after", 105, "a compromised key, iat after the mark", "key_revoked", { lists: [keyed({ status: "compromised", since: issued - 1 })], other: "retired" });
  bad("compromised-no-date", 105, "a compromised key without a date", "key_revoked", { lists: [keyed({ status: "compromised" })], other: "retired" });
  bad("suspended", 106, "the issuer is suspended", "issuer_suspended", { lists: [with_({}, [entry({ state: "suspended" })])] });
  bad("withdrawn", 106, "the issuer is withdrawn", "issuer_suspended", { lists: [with_({}, [entry({ state: "withdrawn" })])] });
  bad("licence-issuer", 107, "the driving-licence issuer signs a citizen's identity", "issuer_not_authorised", { lists: [with_({}, [entry({ vct: ["urn:eid:vn:driving-licence:1"] })])] });
  bad("foreigners-issuer", 107, "the foreigners' issuer signs a citizen's identity", "issuer_not_authorised", { lists: [with_({}, [entry({ kinds: ["foreigner"] })])] });
  bad("citizens-issuer", 107, "the citizens' issuer signs a foreigner's identity", "issuer_not_authorised", { lists: [with_({}, [entry({ vct: [VCT.citizen] })])], input: make(alien()).token, other: fine("foreigner", 107, "a foreigner by an issuer for all", { input: make(alien()).token }) });
  bad("level-1-issuer", 107, "an issuer of level 1 signs level 2", "issuer_level_not_authorised", { lists: [with_({}, [entry({ maxLevel: 1 })])], input: make(levelTwo()).token, other: fine("level-2-listed", 107, "an issuer of level 2", { input: make(levelTwo()).token }) });

  const pinnedToo = { issuers: [pin(ISSUER, [keys.unknown])] };
  fine("pin-and-list", 108, "the list decides on keys, whatever the pin says", { trust: pinnedToo });
  bad("pin-key-listed", 108, "a key that only the pin has", "signature_invalid", { trust: pinnedToo, input: make(small(), { key: keys.unknown }).token });
  bad("pin-narrows", 108, "the pin narrows what the list grants", "issuer_not_authorised", { trust: { issuers: [pin(ISSUER, [keys.issuer], { vct: [VCT.foreigner] })] } });
  bad("pin-narrows-level", 108, "the pin narrows the level", "issuer_level_not_authorised", { trust: { issuers: [pin(ISSUER, [keys.issuer], { maxLevel: 1 })] }, input: make(levelTwo()).token, other: "level-2-listed" });
  bad("pin-suspended", 108, "a pinned issuer that the list suspends", "issuer_suspended", { lists: [with_({}, [entry({ state: "suspended" })])], trust: { issuers: [pin(ISSUER, [keys.issuer])] } });
  const status = listed(ISSUER, [], { keys: [keys.issuer.publicJwk({ status: "active" }), keys.status.publicJwk({ status: "active", use: "status" })] });
  fine("status-key", 109, "an issuer with a status key", { lists: [with_({}, [status])] });
  bad("status-key-signs", 109, "a status key signs a credential", "kid_unknown", { lists: [with_({}, [status])], input: make(small(), { key: keys.status }).token, other: "status-key" });
  fine("min-engine", 110, "an engine that is new enough", { lists: [with_({ minEngine: "0.0.1" })] });
  bad("min-engine-99", 110, "a list that wants a newer engine", "engine_outdated", { lists: [with_({ minEngine: "99.0.0" })], other: "min-engine" });

  for (const [name, config] of [["empty", {}], ["empty-trust", { trust: {} }], ["no-issuers", { trust: { issuers: [] } }]]) {
    s.bad(`nothing-${name}`, 112, `nothing is configured (${name})`, "trust_list_missing", pinTwin, { config: { ...config, policy: { status: "ignore" } }, input: good().token });
  }
  bad("anchors-only", 112, "anchors, and no list yet", "trust_list_missing", { lists: [] });
  return s;
}
