// Section J: status lists and account states (draft-ietf-oauth-status-list; contract §8, §12 "Status", "Account state"), and relying parties (§7).
import { DAY, ISSUER, NOW, Section, good, keys, make, pinned, raw, small, withMember } from "./base.mjs";
import { SECOND_ISSUER, STATUS_HOST, STATUS_URI, anchored, listed, signedRelyingParty, signedState, signedStatus, signedTrust, statusRef } from "../authority.mjs";
import { b64u, flipBit, unb64u } from "../bytes.mjs";
import { signCompact } from "../jws.mjs";
import { statusBytes, statusPayload } from "../lists.mjs";
import { deflate, zeros } from "../zlib.mjs";

export function sectionJ() {
  const s = new Section("J", "Status list, account lock, relying party");
  const required = pinned({ status: "require" });
  const holder = (idx = 7, uri = STATUS_URI) => make(small({ status: statusRef(idx, uri) })).token;
  const list = signedStatus({ values: { 8: 1, 9: 2, 10: 3 } });
  const given = (...statusLists) => ({ statusLists });
  const twin = s.good("good", "a status list that says valid", { config: required, input: holder(), options: given(list) });
  s.cases.at(-1).expect.account = "active";
  const bad = (id, row, about, code, { config = required, input = holder(), lists = [list], other = twin, options = {}, account } = {}) => {
    const made = s.bad(id, row, about, code, other, { config, input, options: { ...given(...lists), ...options } });
    if (account) s.cases.at(-1).expect.account = account;
    return made;
  };
  const fine = (id, row, about, { config = required, input = holder(), lists = [list], options = {}, account } = {}) => {
    s.good(id, about, { row, config, input, options: { ...given(...lists), ...options } });
    if (account) s.cases.at(-1).expect.account = account;
    return id;
  };
  const status = (parts, key, header) => signedStatus(parts, key, header);
  const body = (payload, header = {}) => signCompact({ alg: "EdDSA", kid: keys.issuer.kid, typ: "statuslist+jwt", ...header }, payload, keys.issuer);
  const full = (more) => ({ ...statusPayload({ iss: ISSUER, uri: STATUS_URI, iat: NOW - 3600, exp: NOW + DAY }), ...more });

  bad("signature-bit", 198, "one bit of the list's signature", "status_list_signature_invalid", { lists: [list.replace(/[^.]*$/, (text) => b64u(flipBit(unb64u(text), 9)))] });
  bad("payload-changed", 198, "the list's payload changed", "status_list_signature_invalid", { lists: [((parts) => `${parts[0]}.${b64u(JSON.stringify(full()))}.${parts[2]}`)(list.split("."))] });
  bad("stranger", 198, "signed by a stranger under the issuer's kid", "status_list_signature_invalid", { lists: [status({}, { ...keys.stranger, kid: keys.issuer.kid })] });
  const both = anchored([signedTrust()], { status: "require" });
  const listedTwin = fine("listed", 199, "a listed issuer and its list", { config: both });
  bad("other-issuer", 199, "signed by another listed issuer", "status_list_issuer_mismatch", { config: both, lists: [status({ iss: SECOND_ISSUER }, keys.second)], other: listedTwin });

  const uris = [["query", `${STATUS_URI}?x=1`], ["fragment", `${STATUS_URI}#1`], ["case", STATUS_URI.toUpperCase()], ["slash", `${STATUS_URI}/`], ["other", `${STATUS_URI}0`]];
  for (const [name, uri] of uris) {
    bad(`sub-${name}`, 200, `the only list handed over has another sub (${name})`, "status_list_subject_mismatch", { lists: [status({ uri })] });
  }
  bad("two-others", 200, "two lists handed over, neither is the one", "status_unavailable", { lists: [status({ uri: `${STATUS_URI}0` }), status({ uri: `${STATUS_URI}1` })] });
  fine("among-others", 200, "the list among others", { lists: [status({ uri: `${STATUS_URI}0` }), list] });
  bad("expired", 201, "the list has ended", "status_list_expired", { lists: [status({ exp: NOW - 1 })] });
  bad("expired-now", 201, "the list ends now", "status_list_expired", { lists: [status({ exp: NOW })] });
  bad("stale", 201, "iat + ttl has passed", "status_list_stale", { lists: [status({ iat: NOW - 3601, ttl: 3600 })] });
  fine("ttl-last", 201, "iat + ttl is now", { lists: [status({ iat: NOW - 3600, ttl: 3600 })] });
  fine("no-ttl", 201, "no exp and no ttl: never stale", { lists: [status({ iat: NOW - 900 * DAY, exp: undefined, ttl: undefined })] });
  bad("no-exp-stale", 202, "no exp, ttl passed", "status_list_stale", { lists: [status({ iat: NOW - 10 * DAY, exp: undefined, ttl: 60 })] });
  bad("no-sub", 203, "no sub", "status_list_invalid", { lists: [body(full({ sub: undefined }))] });
  bad("no-iat", 203, "no iat", "status_list_invalid", { lists: [body(full({ iat: undefined }))] });
  bad("no-list", 203, "no status_list", "status_list_invalid", { lists: [body(full({ status_list: undefined }))] });
  bad("ttl-text", 203, "ttl is a string", "status_list_invalid", { lists: [body(full({ ttl: "60" }))] });
  for (const typ of ["JWT", "dc+sd-jwt", "STATUSLIST+JWT"]) bad(`typ-${typ.replaceAll(/\W/g, "-")}`, 204, `typ ${typ}`, "typ_mismatch", { lists: [status({}, keys.issuer, { typ })] });
  bad("typ-missing", 204, "no typ", "typ_mismatch", { lists: [status({}, keys.issuer, { typ: undefined })] });
  for (const bits of [0, 3, 16, -1, "1", null]) bad(`bits-${bits}`, 205, `bits ${JSON.stringify(bits)}`, "status_list_invalid", { lists: [body(full({ status_list: { ...full().status_list, bits } }))] });
  bad("bits-1.0", 205, "bits 1.0", "status_list_invalid", { lists: [body(JSON.stringify(full()).replace('"bits":2', '"bits":1.0'))] });
  for (const bits of [1, 2, 4, 8]) {
    const values = { 8: 1 };
    fine(`bits-${bits}`, 205, `${bits} bits`, { lists: [status({ bits, values })] });
    bad(`bits-${bits}-revoked`, 213, `${bits} bits, revoked`, "revoked", { lists: [status({ bits, values })], input: holder(8), other: `bits-${bits}` });
  }
  const lst = (text) => body(full({ status_list: { bits: 2, lst: text } }));
  const packed = deflate(statusBytes({ bits: 2, size: 1024 }));
  for (const [name, text] of [["no-zlib", b64u(Uint8Array.of(1, 2, 3))], ["cut", b64u(packed.subarray(0, -6))], ["checksum", b64u(flipBit(packed, packed.length * 8 - 1))], ["padding", `${b64u(packed)}==`], ["number", 7], ["raw", b64u(packed.subarray(2, -4))], ["gzip", b64u(Uint8Array.of(0x1f, 0x8b, 8, 0))]]) {
    bad(`lst-${name}`, 206, `lst is no zlib stream (${name})`, "status_list_invalid", { lists: [lst(text)] });
  }
  bad("too-large", 208, "inflates past 16 MiB", "status_list_too_large", { lists: [lst(b64u(zeros(16 * 1024 * 1024 + 1)))] });
  fine("largest", 208, "inflates to 16 MiB", { lists: [lst(b64u(zeros(16 * 1024 * 1024)))] });

  fine("last-index", 211, "the last entry", { input: holder(1023) });
  for (const idx of [1024, 1025, 1_000_000]) bad(`idx-${idx}`, 211, `idx ${idx} of 1,024 entries`, "status_index_out_of_range", { input: holder(idx) });
  bad("idx-2-53", 211, "idx beyond 2^53", "number_invalid", { input: raw(withMember(`"status":{"status_list":{"idx":9007199254740993,"uri":"${STATUS_URI}"}}`)) });
  bad("idx-text", 211, 'idx "3"', "claim_type_invalid", { input: make(small({ status: { status_list: { idx: "3", uri: STATUS_URI } } })).token });
  bad("idx-null", 211, "idx null", "claim_type_invalid", { input: make(small({ status: { status_list: { idx: null, uri: STATUS_URI } } })).token });
  bad("idx-minus", 211, "idx −1", "status_index_out_of_range", { input: holder(-1) });
  bad("uri-number", 212, "a uri that is a number", "claim_type_invalid", { input: make(small({ status: { status_list: { idx: 1, uri: 7 } } })).token });
  bad("uri-http", 212, "an http uri", "status_uri_invalid", { input: holder(7, "http://status.specimen.example/1") });
  bad("uri-javascript", 212, "a javascript: uri", "status_uri_invalid", { input: holder(7, "javascript:alert(1)") });

  bad("revoked", 213, "value 1", "revoked", { input: holder(8) });
  bad("suspended", 213, "value 2: the account is locked", "suspended", { input: holder(9), account: "locked" });
  bad("value-3", 213, "value 3", "status_value_unknown", { input: holder(10) });
  for (const value of [11, 12, 13, 14, 15]) bad(`value-${value}`, 213, `value ${value} of four bits`, "status_value_unknown", { lists: [status({ bits: 4, values: { 8: value } })], input: holder(8), other: "bits-4" });
  for (const value of [3, 200, 255]) bad(`value-${value}-of-8`, 213, `value ${value} of eight bits`, "status_value_unknown", { lists: [status({ bits: 8, values: { 8: value } })], input: holder(8), other: "bits-8" });
  s.bad("missing", 215, "status required, none in the token", "status_missing", twin, { config: required, input: good().token, options: given(list) });
  bad("unavailable", 215, "status required, no list handed over", "status_unavailable", { lists: [] });
  fine("if-present-none", 215, "if present: none in the token", { config: pinned({ status: "if-present" }), input: good().token, lists: [] });
  bad("if-present-unavailable", 215, "if present: in the token, no list", "status_unavailable", { config: pinned({ status: "if-present" }), lists: [] });
  fine("ignored", 215, "ignored: a revoked one", { config: pinned(), input: holder(8) });
  bad("unknown-mechanism", 216, "only a mechanism nobody knows", "status_unsupported", { input: make(small({ status: { other: {} } })).token });
  fine("unknown-beside", 216, "a mechanism nobody knows beside a known one", { input: make(small({ status: { other: {}, ...statusRef(7) } })).token });
  for (const [name, value] of [["text", "valid"], ["number", 0], ["null", null], ["array", []], ["list-text", { status_list: "x" }]]) bad(`status-${name}`, 216, `the status claim is ${name}`, "claim_type_invalid", { input: make(small({ status: value })).token });

  const entry = (more) => signedTrust({ issuers: [listed(ISSUER, [], { keys: [keys.issuer.publicJwk({ status: "active" }), keys.status.publicJwk({ status: "active", use: "status" })], ...more })] });
  const dedicated = anchored([entry({})], { status: "require" });
  const dedicatedTwin = fine("status-key", 217, "signed by the issuer's status key", { config: dedicated, lists: [status({}, keys.status)] });
  bad("issuer-key-beside", 217, "signed by the issuer's key where a status key exists", "status_list_signature_invalid", { config: dedicated, other: dedicatedTwin });
  bad("other-host", 218, "the list stands on a host that the trust list does not name", "status_uri_invalid", { config: anchored([entry({ statusHosts: ["other.specimen.example"] })], { status: "require" }), lists: [status({}, keys.status)], other: dedicatedTwin });
  fine("host-port", 218, "host and port, byte for byte", { config: anchored([entry({ statusHosts: [STATUS_HOST, `${STATUS_HOST}:8443`] })], { status: "require" }), input: holder(7, `https://${STATUS_HOST}:8443/1`), lists: [status({ uri: `https://${STATUS_HOST}:8443/1` }, keys.status)] });
  s.good("rollback", "an older list after a newer one changes nothing", { row: 219, config: required, input: holder(), updates: [{ statusLists: [status({ iat: NOW - 60 })] }, { statusLists: [status({ iat: NOW - 3600, values: { 7: 1 } })] }] });
  s.cases.at(-1).expect.trust = "status_list_rollback";

  const states = (...accountStates) => ({ accountStates });
  const person = make(small({ status: statusRef(7), sub: "SPECIMEN-CITIZEN-L2" })).token;
  const word = (payload, key, header) => signedState(payload, key, header);
  const since = "2026-11-20T08:00:00+07:00";
  const stateTwin = fine("state-active", 220, "a state that says active", { input: person, options: states(word()), account: "active" });
  const stateBad = (id, about, code, made, account) => bad(id, 220, about, code, { input: person, options: states(...[made].flat()), other: stateTwin, account });
  stateBad("state-locked", "a signed lock", "account_locked", word({ state: "locked", grounds: [{ code: "HOLDER_REQUEST", since }] }), "locked");
  stateBad("state-grounds", "active, with grounds left: lock wins", "account_locked", word({ grounds: [{ code: "DEATH", since }] }), "locked");
  fine("state-requested", 220, "a lock that is only requested", { input: person, options: states(word({ pending: [{ requestedBy: "authority", received: since, due: "2026-11-25T23:59:59+07:00" }] })), account: "active" });
  stateBad("state-tie", "two states with one seq: locked", "account_locked", [word(), word({ state: "locked", grounds: [{ code: "TERMS_BREACH", since }] })], "locked");
  fine("state-later", 220, "unlocked by a later state", { input: person, options: states(word({ seq: 5 }), word({ seq: 4, state: "locked", grounds: [{ code: "HOLDER_REQUEST", since }] })), account: "active" });
  stateBad("state-later-lock", "locked by a later state", "account_locked", [word(), word({ seq: 5, state: "locked", grounds: [{ code: "HOLDER_REQUEST", since }] })], "locked");
  stateBad("state-other-subject", "a state of another subject", "account_status_invalid", word({ sub: "SPECIMEN-OTHER" }));
  stateBad("state-other-issuer", "a state of another issuer", "account_status_invalid", word({ iss: SECOND_ISSUER }));
  stateBad("state-signature", "signed by a stranger", "account_status_invalid", word({}, { ...keys.stranger, kid: keys.issuer.kid }));
  stateBad("state-expired", "a state that has ended", "account_status_unavailable", word({ exp: NOW - 1 }));
  stateBad("state-shape", "a state that is neither", "account_status_invalid", word({ state: "open" }));
  stateBad("state-typ", "a state's typ", "typ_mismatch", word({}, keys.issuer, { typ: "JWT" }));
  s.bad("state-stale", 221, "a state older than the one already held", "account_status_stale", stateTwin, { config: required, input: person, options: { ...given(list), ...states(word({ seq: 3 })) }, updates: [{ accountStates: [word({ seq: 4 })] }] });
  s.good("newest-floor", "now is the newest verified iat", { row: 222, config: required, input: holder(), options: { ...given(list) } });
  s.bad("below-newest", 222, "the clock stands below the newest verified iat", "clock_rollback", twin, { config: { ...anchored([signedTrust({ iat: NOW - 10 })]), now: NOW }, input: good().token, options: { now: NOW - 1000 } });

  const party = (payload, key) => ({ ...anchored(), relyingParty: signedRelyingParty(payload, key) });
  const ask = { purpose: "account-opening", origin: "https://shop.specimen.example" };
  const full2 = make(small({ eid_level: 2, evidence: [{ method: "portrait", source: "citizen_identity", verified_at: "2026-09-01T08:30:00+07:00" }] })).token;
  const partyTwin = s.good("party", "asked for what was granted", { row: 223, config: party(), input: full2, options: ask });
  const rp = (id, about, code, config, options = ask) => s.bad(id, 223, about, code, partyTwin, { config, input: full2, options });
  rp("party-signature", "an authorisation signed by nobody known", "relying_party_invalid", party({}, keys.stranger));
  rp("party-expired", "an authorisation that has ended", "relying_party_expired", party({ exp: NOW - 1 }));
  rp("party-purpose", "a purpose that was not granted", "relying_party_purpose_unknown", party(), { ...ask, purpose: "marketing" });
  rp("party-origin", "from another origin", "relying_party_origin_mismatch", party(), { ...ask, origin: "https://attacker.example" });
  rp("party-claims", "a claim that was not granted is required", "relying_party_claim_not_granted", { ...party(), policy: { status: "ignore", requiredClaims: ["name"] } }, { ...ask, purpose: "age" });
  rp("party-suspended", "while suspended", "relying_party_suspended", { ...anchored([signedTrust({ relyingParties: { suspended: ["SPECIMEN-RELYING-PARTY"] } })]), relyingParty: signedRelyingParty() });
  return s;
}
