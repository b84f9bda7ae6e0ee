// Section J in CBOR: the status list in CWT form (draft-ietf-oauth-status-list §5.2). Same rules and codes as the JWT form; a build without CBOR says `not_in_build`.
import { DAY, ISSUER, NOW, Section, keys, make, pin, pinned, small } from "./base.mjs";
import { SECOND_ISSUER, STATUS_URI, signedStatus, statusRef } from "../authority.mjs";
import { concat, flipBit, unb64u, utf8 } from "../bytes.mjs";
import { cbor, dataUrl, statusListCwt } from "../cwt.mjs";
import { statusPayload } from "../lists.mjs";
import { zeros } from "../zlib.mjs";

export function sectionCwt() {
  const s = new Section("cwt", "Status list in CWT form");
  const config = pinned({ status: "require" }, [pin(ISSUER, [keys.issuer, keys.issuerP256]), pin(SECOND_ISSUER, [keys.second])]);
  const holder = (idx = 7) => make(small({ status: statusRef(idx) })).token;
  const payload = (more = {}) => statusPayload({ uri: STATUS_URI, iat: NOW - 3600, exp: NOW + DAY, ttl: 43_200, values: { 8: 1, 9: 2, 10: 3 }, ...more });
  const bytes = ({ key = keys.issuer, parts, ...how } = {}) => statusListCwt(key, payload(parts), how);
  const list = (how) => dataUrl(bytes(how));
  const twin = s.good("good", "a list in CWT form that says valid", { config, input: holder(), options: { statusLists: [list()] } });
  const bad = (id, row, about, code, statusList, { input = holder(), lists = [statusList] } = {}) => s.bad(id, row, about, code, twin, { config, input, options: { statusLists: lists } });
  const fine = (id, row, about, statusList) => s.good(id, about, { row, config, input: holder(), options: { statusLists: [].concat(statusList) } });
  const withClaim = (label, value) => ({
    claims: (all) => {
      const out = new Map(all);
      if (value === undefined) out.delete(label);
      else out.set(label, value);
      return out;
    },
  });

  fine("es256", 198, "signed with ES256", list({ key: keys.issuerP256 }));
  fine("tagged", 198, "with the tag of COSE_Sign1", list({ tagged: true }));
  fine("ed25519", 198, "Ed25519 of RFC 9864", list({ key: { ...keys.issuer, alg: "Ed25519" } }));
  fine("kid-signed", 198, "kid where it is signed", list({ header: { 4: utf8(keys.issuer.kid) }, loose: { 4: undefined } }));
  fine("no-times", 201, "neither exp nor ttl: never stale", list({ parts: { iat: NOW - 900 * DAY, exp: undefined, ttl: undefined } }));
  bad("signature-bit", 198, "one bit of the signature", "status_list_signature_invalid", dataUrl(flipBit(bytes(), bytes().length * 8 - 9)));
  bad("es256-der", 198, "an ES256 signature of 64 zeros", "status_list_signature_invalid", list({ key: { ...keys.issuerP256, sign: () => new Uint8Array(64) } }));
  bad("stranger", 198, "signed by a stranger under the issuer's kid", "status_list_signature_invalid", list({ key: { ...keys.stranger, kid: keys.issuer.kid, alg: "EdDSA" } }));
  bad("other-issuer", 199, "signed by another listed issuer", "status_list_issuer_mismatch", list({ key: keys.second }));
  bad("names-other", 199, "names another issuer", "status_list_issuer_mismatch", list({ parts: { iss: SECOND_ISSUER } }));
  bad("sub-slash", 200, "sub with a slash more", "status_list_subject_mismatch", list({ parts: { uri: `${STATUS_URI}/` } }));
  bad("expired", 201, "exp is now", "status_list_expired", list({ parts: { exp: NOW } }));
  bad("stale", 201, "iat + ttl has passed", "status_list_stale", list({ parts: { iat: NOW - 3601, ttl: 3600 } }));
  bad("future", 202, "iat ahead", "issued_in_future", list({ parts: { iat: NOW + 61 } }));
  bad("no-sub", 203, "no sub", "status_list_invalid", list(withClaim(2, undefined)));
  bad("no-iat", 203, "no iat", "status_list_invalid", list(withClaim(6, undefined)));
  bad("ttl-0", 203, "ttl 0", "status_list_invalid", list({ parts: { ttl: 0 } }));
  bad("exp-text", 203, "exp is text", "status_list_invalid", list(withClaim(4, "2027")));
  bad("typ-missing", 204, "no typ", "typ_mismatch", list({ header: { 16: undefined } }));
  bad("typ-jwt", 204, "the JWT's typ", "typ_mismatch", list({ header: { 16: "statuslist+jwt" } }));
  bad("typ-loose", 204, "typ is not signed", "header_invalid", list({ header: { 16: undefined }, loose: { 16: "application/statuslist+cwt" } }));
  bad("alg-hmac", 42, "HMAC 256/256", "alg_not_allowed", list({ header: { 1: 5 } }));
  bad("alg-missing", 47, "no alg", "header_invalid", list({ header: { 1: undefined } }));
  bad("crit", 48, "crit", "crit_unsupported", list({ header: { 2: [99], 99: 1 } }));
  bad("own-key", 51, "a key in the header", "header_key_forbidden", list({ loose: { 14: new Map() } }));
  for (const bits of [0, 3, 16]) bad(`bits-${bits}`, 205, `bits ${bits}`, "status_list_invalid", list(withClaim(65_533, new Map([["bits", bits], ["lst", unb64u(payload().status_list.lst)]]))));
  bad("lst-text", 205, "lst is text", "status_list_invalid", list(withClaim(65_533, new Map([["bits", 2], ["lst", payload().status_list.lst]]))));
  bad("too-large", 208, "inflates past 16 MiB", "status_list_too_large", list(withClaim(65_533, new Map([["bits", 2], ["lst", zeros(16 * 1024 * 1024 + 1)]]))));
  bad("trailing", 297, "bytes after the end", "status_list_invalid", dataUrl(concat(bytes(), Uint8Array.of(0))));
  bad("indefinite", 297, "an array of indefinite length", "status_list_invalid", dataUrl(concat(Uint8Array.of(0x9f), bytes().subarray(1), Uint8Array.of(0xff))));
  bad("nested", 297, "nested 10,000 deep", "status_list_invalid", dataUrl(new Uint8Array(10_000).fill(0x81)));
  bad("claim-twice", 24, "iat twice", "status_list_invalid", list({ claims: (all) => ({ raw: concat(Uint8Array.of(0xa0 | (all.size + 1)), cbor(all).subarray(1), cbor(6), cbor(NOW)) }) }));
  bad("mac", 297, "tagged as a MAC", "status_list_invalid", dataUrl(concat(Uint8Array.of(0xd1), bytes())));
  bad("revoked", 213, "value 1", "revoked", list(), { input: holder(8) });
  bad("suspended", 213, "value 2", "suspended", list(), { input: holder(9) });
  bad("value-3", 213, "value 3", "status_value_unknown", list(), { input: holder(10) });
  bad("index", 211, "beyond the list", "status_index_out_of_range", list(), { input: holder(1024) });
  const jwt = signedStatus({ iat: NOW - 3600 });
  bad("rivals", 219, "two lists of one second, in two forms: the worse word", "revoked", list(), { input: holder(8), lists: [jwt, list()] });
  bad("rivals-turned", 219, "the same, the other way round", "revoked", list(), { input: holder(8), lists: [list(), jwt] });
  fine("rivals-agree", 219, "two lists of one second that agree on this entry", [jwt, list()]);
  return s;
}
