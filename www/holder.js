// The invented holder of the samples (MẪU / SPECIMEN), who answers a request as a wallet would: discloses what was asked, nothing else, and signs for
// this audience and nonce (RFC 9901 §4.3). Her key is published in samples/holder.json and is worth nothing.

const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const utf8 = (text) => new TextEncoder().encode(text);

/** Credential, disclosures with their paths, key, and the trust that knows her issuer. */
export async function load() {
  const response = await fetch("./samples/holder.json");
  if (!response.ok) throw new Error("not found");
  return response.json();
}

/** The presentation that answers a request. */
export async function presentation({ credential: { jwt, disclosures }, key, now }, { claims, nonce, audience }) {
  const asked = claims.map((claim) => claim.split("."));
  const chosen = disclosures.filter(({ path }) => {
    const parts = path.split(".");
    return asked.some((wanted) => wanted.every((part, at) => at >= parts.length || parts[at] === part));
  });
  const presented = `${jwt}~${chosen.map(({ text }) => `${text}~`).join("")}`;
  const sdHash = base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(presented))));
  const signer = await crypto.subtle.importKey("jwk", { kty: key.kty, crv: key.crv, x: key.x, y: key.y, d: key.d }, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  const input = [{ alg: "ES256", typ: "kb+jwt" }, { iat: now, aud: audience, nonce, sd_hash: sdHash }].map((part) => base64url(utf8(JSON.stringify(part)))).join(".");
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, signer, utf8(input));
  return `${presented}${input}.${base64url(new Uint8Array(signature))}`;
}

/** Answers over the channel: to the page of this origin that asked with this nonce. */
export async function present(specimen, request) {
  const text = await presentation(specimen, request);
  const channel = new BroadcastChannel("eid-presentation");
  channel.postMessage({ v: 1, nonce: request.nonce, presentation: text });
  setTimeout(() => channel.close(), 1000);
}
