// What an authority signs beside credentials: trust lists, status lists, account states, relying-party authorisations (contract §6–§8).
import { b64u } from "./bytes.mjs";
import { signCompact, signGeneral } from "./jws.mjs";
import { deflate } from "./zlib.mjs";

/** Bytes of a status list of `size` entries; `values` is index → value. Least significant bits first (draft-ietf-oauth-status-list §4). */
export function statusBytes({ bits, size, values = {} }) {
  const out = new Uint8Array(Math.ceil((size * bits) / 8));
  for (const [index, value] of Object.entries(values)) {
    const bit = Number(index) * bits;
    out[bit >> 3] |= value << (bit & 7);
  }
  return out;
}

/** The payload of a Status List Token. */
export function statusPayload({ iss, uri, iat, exp, ttl, bits = 2, size = 1024, values, lst }) {
  return {
    ...(iss === undefined ? {} : { iss }), sub: uri, iat,
    ...(exp === undefined ? {} : { exp }), ...(ttl === undefined ? {} : { ttl }),
    status_list: { bits, lst: lst ?? b64u(deflate(statusBytes({ bits, size, values }))) },
  };
}

/** A Status List Token (`statuslist+jwt`). */
export const statusList = (key, parts, header = {}) =>
  signCompact({ alg: key.alg, kid: key.kid, typ: "statuslist+jwt", ...header }, statusPayload(parts), key);

/** An account state (`eid-account-state+jwt`). */
export const accountState = (key, payload, header = {}) =>
  signCompact({ alg: key.alg, kid: key.kid, typ: "eid-account-state+jwt", ...header }, payload, key);

/** A relying-party authorisation (`eid-relying-party+jwt`), signed by an anchor. */
export const relyingParty = (anchor, payload, header = {}) =>
  signCompact({ alg: anchor.alg, kid: anchor.kid, typ: "eid-relying-party+jwt", ...header }, payload, anchor);

/** A trust list (`eid-trust-list+jws`): one signature per anchor. */
export const trustList = (anchors, payload, header = {}) => signGeneral("eid-trust-list+jws", payload, anchors, header);

/** The `root` member: whose signatures the next list needs. */
export const root = (anchors, threshold = 1) => ({ keys: anchors.map((key) => key.publicJwk()), threshold });
