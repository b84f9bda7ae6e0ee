// A credential without `iss` is never tried with somebody's key; a certificate in its header is no trust of its own. In Node and in Chromium alike.
const b64u = (value) => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const jwt = (header, claims) => `${b64u({ alg: 'EdDSA', typ: 'dc+sd-jwt', ...header })}.${b64u({ vct: 'urn:eid:vn:citizen:1', iat: 1, exp: 2, ...claims })}.AAAA~`;
const WITH = { x5c: ['MIIB'] };

/** `[about, wanted code, code]` of each case; `csca` is a certificate that the page pins. */
export function unissued({ Verifier }, { config, now, csca }) {
  const ask = (more, header, claims) => {
    const verifier = new Verifier({ ...config, trust: { ...config.trust, ...more } });
    const { codes, verdict } = verifier.verify(jwt(header, claims), { now });
    verifier.free();
    return verdict === 'valid' ? verdict : codes[0];
  };
  return [
    ['no issuer', 'issuer_missing', ask({}, {})],
    ['no issuer, a certificate, none pinned', 'issuer_missing', ask({}, WITH)],
    ['no issuer, a certificate, another one pinned', 'x5c_not_trusted', ask({ csca: [csca] }, WITH)],
    ['no issuer, no certificate, one pinned', 'issuer_missing', ask({ csca: [csca] }, {})],
    ['the twin with an issuer is judged by its signature', 'signature_invalid', ask({ csca: [csca] }, {}, { iss: config.trust.issuers[0].iss })],
  ];
}
