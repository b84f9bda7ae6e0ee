// What a team needs to stand up its own test authority: private keys (SPECIMEN only), what a page pins, what the authority signs, what holders hold.
import { NOW } from "./people.mjs";
import {
  PEOPLE, STATUS_URI, anchored, credential, keys, pinned, signedRelyingParty, signedState, signedStatus, signedStatusCwt, signedTrust,
} from "./authority.mjs";
import { bind } from "./sd-jwt.mjs";

/** File name → text, or bytes. */
export function kitFiles() {
  const signers = [keys.issuer, keys.issuerP256, keys.second, keys.status, keys.holder, keys.holderP256, ...keys.anchors, ...keys.nextAnchors];
  const files = {
    "README.txt": README,
    "keys.json": pretty(Object.fromEntries(signers.map((key) => [key.label, key.privateJwk()]))),
    "config-pinned.json": pretty(pinned()),
    "config-trust-list.json": pretty(anchored()),
    "trust-list.json": `${signedTrust()}\n`,
    "status-list.jwt": `${signedStatus({ values: { 11: 1, 12: 2 } })}\n`,
    "status-list.cwt": signedStatusCwt({ values: { 11: 1, 12: 2 } }),
    "account-state.jwt": `${signedState()}\n`,
    "relying-party.jwt": `${signedRelyingParty()}\n`,
  };
  for (const person of Object.keys(PEOPLE)) {
    const made = credential(person);
    files[`credentials/${person}.sd-jwt`] = `${made.token}\n`;
    files[`credentials/${person}.bound.sd-jwt`] = `${bind(made.token, keys.holder, { iat: NOW, aud: "https://verifier.specimen.example", nonce: "SPECIMEN-nonce" })}\n`;
  }
  return files;
}

const pretty = (value) => `${JSON.stringify(value, null, 2)}\n`;

const README = `A test authority of SPECIMEN keys. Everybody knows these keys: never let a real service trust them.

keys.json               private JWKs, by label
config-pinned.json      a verifier's config that pins the issuer
config-trust-list.json  one that believes what two of three anchors sign
trust-list.json         the signed trust list
status-list.jwt         ${STATUS_URI}: account 11 revoked, 12 suspended
status-list.cwt         the same list in CWT form (bytes)
account-state.jwt       the issuer's word on one account
relying-party.jwt       what a relying party may ask for
credentials/            one presentation of each kind; .bound: with key binding
All dates stand around ${new Date(NOW * 1000).toISOString()}: verify with that as \`now\`.
`;
