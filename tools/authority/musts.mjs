// Every MUST, MUST NOT and SHALL of RFC 9901 (§4, §7, §9) and of draft-ietf-oauth-sd-jwt-vc-19 that falls on a verifier: by its clause, what keeps it and what breaks it.
// Most vectors stand in the catalogue (`g:good` is the case `good` of section G); those that no row of the catalogue needs stand here (`m:…`).
import { DAY, NOW, Section, clear, digestOf, disclosureOf, handmade, keys, make, pinned, raw, sd, small } from "./attacks/base.mjs";
import { ISSUER, signedState } from "./authority.mjs";
import { b64u, utf8 } from "./bytes.mjs";
import { signCompact } from "./jws.mjs";
import { bind, decoys } from "./sd-jwt.mjs";

const text = (value) => JSON.stringify(value);
const asked = { nonce: "SPECIMEN-nonce-1234567890", audience: "https://verifier.specimen.example" };
const SRI = `sha256-${"A".repeat(43)}=`;

function extras() {
  const s = new Section("M", "Vectors of the table of duties that the catalogue of bad input has no row for");
  const presented = make(small({ cnf: { jwk: keys.holder.jwk } }));
  const proof = (claims = {}, options = {}) => bind(presented.token, keys.holder, { iat: NOW, aud: asked.audience, nonce: asked.nonce, ...claims }, options);
  const kb = proof().slice(presented.token.length);
  const [jwt, first, second] = presented.token.split("~");
  const good = (id, about, parts) => s.good(id, about, parts);
  const bad = (id, about, code, twin, parts) => s.bad(id, 0, about, code, twin, parts);

  const order = good("order", "JWT, disclosures, key binding JWT", { input: proof(), options: asked });
  bad("kb-before", "the key binding JWT stands before a disclosure", "encoding_invalid", order, { input: [jwt, kb, first, second, ""].join("~"), options: asked });
  bad("kb-first", "the key binding JWT stands first", "typ_mismatch", order, { input: [kb, first, second, jwt].join("~"), options: asked });
  const plain = good("plain", "an SD-JWT ends in a tilde", { input: presented.token });
  bad("no-last-tilde", "the last tilde is left out", "structure_invalid", plain, { input: presented.token.slice(0, -1) });
  bad("last-part", "the last part is neither empty nor a JWT", "structure_invalid", plain, { input: `${presented.token}AAAA` });
  bad("last-part-credential", "the last part is a JWT, but a credential's", "typ_mismatch", order, { input: `${presented.token}${jwt}`, options: asked });

  // §7.1 step 3.d, 3.e, 3.f: what is left when digests have been replaced
  const listed = (present) => {
    const [one, two] = [text(["salt-1", "b"]), text(["salt-2", "d"])];
    return handmade({ disclosures: [one, two], payload: ([b, d]) => ({ ...clear(), list: ["a", { "...": digestOf(b) }, "c", { "...": digestOf(d) }] }), present: present([one, two]) });
  };
  const clean = pinned({ requiredClaims: [["list", 1]] });
  const removed = good("elements-removed", "withheld elements leave no gap", { input: listed(([, two]) => [two]), expect: { claims: { list: ["a", "c", "d"] } } });
  good("elements-all", "all elements, in their order", { input: listed((all) => all), expect: { claims: { list: ["a", "b", "c", "d"] } } });
  bad("element-withheld", "an element that must be known is withheld", "claim_missing", removed, { input: listed(() => []), config: pinned({ requiredClaims: [["list", 2]] }) });
  good("element-there", "the same element, shown", { input: listed(([, two]) => [two]), config: clean });
  const emptied = good("emptied", "an object of digests alone becomes an empty object", {
    input: make(small({ box: { inner: sd(1) } }), { disclose: (path) => path !== "box.inner" }).token, expect: { claims: { box: {} } },
  });
  for (const name of ["_sd", "_sd_alg"]) bad(`gone-${name}`, `${name} is no claim that anybody can be shown`, "claim_missing", emptied, { input: make(small()).token, config: pinned({ requiredClaims: [[name]] }) });
  const deep = good("recursive", "an object in an array element in a member, each withheld", {
    input: make(small({ tree: sd({ leaves: [sd({ name: sd("leaf") }), decoys(2)] }), "": decoys(3) })).token, expect: { claims: { tree: { leaves: [{ name: "leaf" }] } } },
  });
  bad("recursive-parent-gone", "the middle one is left out", "disclosure_unreferenced", deep, {
    input: make(small({ tree: sd({ leaves: [sd({ name: sd("leaf") }), decoys(2)] }), "": decoys(3) }), { disclose: (path) => path !== "tree.leaves[0]" }).token,
  });
  const unnamed = good("default-sha-256", "no _sd_alg: sha-256", { input: handmade({ disclosures: [text(["salt", "extra", 1])] }), expect: { claims: { extra: 1 } } });
  bad("default-not-sha-512", "no _sd_alg, and digests of sha-512", "disclosure_unreferenced", unnamed, { input: handmade({ disclosures: [text(["salt", "extra", 1])], digests: ([made]) => [digestOf(made, "sha-512")] }) });
  bad("nested-sd-alg", "_sd_alg in a nested object", "sd_structure_invalid", unnamed, { input: handmade({ claims: clear({ box: { _sd_alg: "sha-256" } }) }) });
  bad("disclosed-sd-alg", "_sd_alg in a disclosed object", "sd_structure_invalid", unnamed, { input: handmade({ disclosures: [text(["salt", "extra", { _sd_alg: "sha-256" }])] }) });
  bad("dots-as-claim", "a member called ... in an object", "sd_structure_invalid", unnamed, { input: handmade({ claims: clear({ box: { "...": "x" } }) }) });
  bad("latin-1", "a disclosure in another encoding than UTF-8", "encoding_invalid", unnamed, {
    input: `${handmade({ disclosures: [] })}${b64u(Uint8Array.from([...utf8('["salt","extra","'), 0xe9, ...utf8('"]')]))}~`,
  });

  // §7.1 step 6: aud of the credential itself (RFC 7519 §4.1.3)
  const addressed = (aud) => raw(text(clear({ aud, cnf: { jwk: keys.holder.jwk } })));
  const bound = (token) => bind(token, keys.holder, { iat: NOW, aud: asked.audience, nonce: asked.nonce });
  const toUs = good("aud-us", "a credential for this verifier", { input: bound(addressed(asked.audience)), options: asked });
  good("aud-among", "a credential for this verifier among others", { input: bound(addressed(["https://other.specimen.example", asked.audience])), options: asked });
  good("aud-unasked", "a credential for somebody, where the page does not say who it is", { input: addressed("https://other.specimen.example") });
  bad("aud-other", "a credential for somebody else", "claim_value_invalid", toUs, { input: bound(addressed("https://other.specimen.example")), options: asked });
  bad("aud-others", "a credential for others", "claim_value_invalid", toUs, { input: bound(addressed(["https://other.specimen.example"])), options: asked });
  bad("aud-nobody", "a credential for nobody", "claim_value_invalid", toUs, { input: bound(addressed([])), options: asked });
  bad("aud-number", "aud is a number", "claim_type_invalid", toUs, { input: addressed(7) });
  bad("aud-mixed", "aud holds a number", "claim_type_invalid", toUs, { input: addressed([asked.audience, 7]) });

  // §7.3 step 1: the policy decides, whatever the token brings or lacks
  good("policy-ignores", "bound, and the policy does not look", { input: proof({ nonce: "other" }), config: pinned({ keyBinding: "ignore" }) });
  bad("policy-requires", "not even a key in the credential, and the policy requires binding", "key_binding_missing", order, { input: make(small()).token, options: asked, config: pinned({ keyBinding: "require" }) });

  // §4.3, §7.3 step 5.h: a JWT in all other respects
  const extra = good("kb-extra", "claims and header members that nobody here knows are ignored", { input: proof({ transaction_data_hashes: ["x"], exp: NOW + 100, nbf: NOW - 100 }, { header: { kid: "h", foo: 1 } }), options: asked });
  bad("kb-expired", "exp of the key binding JWT has come", "key_binding_too_old", extra, { input: proof({ exp: NOW }), options: asked });
  bad("kb-not-yet", "nbf of the key binding JWT is ahead", "key_binding_in_future", extra, { input: proof({ nbf: NOW + 61 }), options: asked });
  bad("kb-exp-text", "exp of the key binding JWT is a text", "key_binding_invalid", extra, { input: proof({ exp: "soon" }), options: asked });
  bad("kb-header-twice", "alg twice in its header", "json_duplicate_key", extra, {
    input: `${presented.token}${signCompact('{"alg":"none","alg":"EdDSA","typ":"kb+jwt"}', { iat: NOW, aud: asked.audience, nonce: asked.nonce, sd_hash: digestOf(presented.token) }, keys.holder)}`, options: asked,
  });
  bad("kb-as-credential", "a key binding JWT in the credential's place", "typ_mismatch", plain, { input: `${signCompact({ alg: "EdDSA", kid: keys.issuer.kid, typ: "kb+jwt" }, clear(), keys.issuer)}~` });

  // SD-JWT VC
  const integrity = good("vct-integrity", "vct#integrity is integrity metadata", { input: raw(text(clear({ "vct#integrity": SRI }))), expect: { claims: { "vct#integrity": SRI } } });
  good("vct-integrity-two", "two digests, one with an option", { input: raw(text(clear({ "vct#integrity": `${SRI} sha384-${"b".repeat(64)}?x` }))) });
  for (const [name, value, code] of [["number", 7, "claim_type_invalid"], ["null", null, "claim_type_invalid"], ["empty", "", "claim_value_invalid"], ["md5", "md5-AAAAAAAAAAAAAAAAAAAAAA==", "claim_value_invalid"],
    ["digestless", "sha256-", "claim_value_invalid"], ["percent", "sha256-AA%AA", "claim_value_invalid"], ["bare", "A".repeat(43), "claim_value_invalid"], ["second", `${SRI} sha1-AAAA`, "claim_value_invalid"]]) {
    bad(`vct-integrity-${name}`, `vct#integrity is ${name}`, code, integrity, { input: raw(text(clear({ "vct#integrity": value }))) });
  }
  bad("vct-integrity-disclosed", "vct#integrity only by disclosure", "disclosure_claim_forbidden", integrity, { input: handmade({ disclosures: [text(["salt", "vct#integrity", SRI])] }) });
  good("aka-vcts", "further types of a credential, clear", { input: raw(text(clear({ aka_vcts: ["urn:example:pid"] }))) });
  bad("aka-vcts-disclosed", "further types only by disclosure", "disclosure_claim_forbidden", "aka-vcts", { input: handmade({ disclosures: [text(["salt", "aka_vcts", ["urn:example:pid"]])] }) });
  const inside = good("protected-decoys", "digests inside protected claims, none disclosed", { input: make(small({ cnf: { jwk: keys.holder.jwk, "": decoys(1) } })).token });
  bad("cnf-inside", "the key inside cnf by disclosure", "disclosure_claim_forbidden", inside, { input: make(small({ cnf: { jwk: sd(keys.holder.jwk) } })).token });
  bad("cnf-deep-inside", "a coordinate inside cnf.jwk by disclosure", "disclosure_claim_forbidden", inside, { input: make(small({ cnf: { jwk: { ...keys.holder.jwk, x: sd(keys.holder.jwk.x) } } })).token });
  bad("status-inside", "the index inside status by disclosure", "disclosure_claim_forbidden", inside, { input: make(small({ status: { status_list: { uri: "https://status.specimen.example/lists/1", idx: sd(7) } } })).token });
  good("unknown-claims", "claims that nobody here knows", { input: raw(text(clear({ foo: { bar: [1, null] }, "x#y": true }))), expect: { claims: { foo: { bar: [1, null] } } } });
  const foreign = "urn:eudi:pid:1";
  bad("type-outside-profile", "a page accepts a type that is not of the profile: its holder is of no kind", "subject_class_mismatch", good("type-accepted", "the same page, a type of the profile", { input: raw(text(clear())), config: pinned({ vct: [foreign, clear().vct] }) }), {
    input: raw(text({ iss: ISSUER, iat: NOW - DAY, exp: NOW + DAY, vct: foreign, family_name: "SPECIMEN", birthdate: "1990-03-15" })), config: pinned({ vct: [foreign, clear().vct] }),
  });
  bad("other-jwt", "another signed artefact of the same issuer", "typ_mismatch", plain, { input: `${signedState()}~` });
  return s;
}

const RFC = "RFC 9901";
const VC = "draft-ietf-oauth-sd-jwt-vc-19";

/** Clause (section, step), what keeps it, what breaks it. A clause that says several things has several rows. */
const ROWS = [
  [RFC, "§4, order of the parts", "m:order", "m:kb-before m:kb-first"],
  [RFC, "§4, no key binding JWT: the last element is empty, the last tilde stays", "m:plain", "m:no-last-tilde m:last-part a:no-last-tilde"],
  [RFC, "§4, a verifier that expects an SD-JWT: the last component is empty", "m:plain", "m:last-part"],
  [RFC, "§4, a verifier that expects an SD-JWT+KB: the last component is a key binding JWT", "g:good", "m:last-part-credential a:binding-two-segments"],
  [RFC, "§4, only disclosures that were issued", "f:first-only", "f:of-other-token f:unreferenced"],
  [RFC, "§4, no disclosure twice", "f:good", "f:twice f:twice-apart"],
  [RFC, "§4 ABNF, a disclosure is not empty", "a:nothing-disclosed", "a:empty-disclosure-only a:empty-disclosure-last"],
  [RFC, "§4.1, signed", "c:good", "a:empty-signature d:zeros"],
  [RFC, "§4.1, not none", "c:good", "c:none c:none-unsigned"],
  [RFC, "§4.1, the payload is an object", "b:good", "b:payload-array b:payload-null"],
  [RFC, "§4.1, _sd only for digests", "f:empty-sd", "f:sd-string f:sd-nested-object"],
  [RFC, "§4.1, ... only for digests", "f:array", "m:dots-as-claim"],
  [RFC, "§4.1, no digest twice", "f:array", "f:digest-twice f:digest-two-levels f:digest-object-array"],
  [RFC, "§4.1.1, _sd_alg at the top level", "f:alg-sha-512", "m:nested-sd-alg m:disclosed-sd-alg"],
  [RFC, "§4.1.1, default sha-256", "m:default-sha-256", "m:default-not-sha-512"],
  [RFC, "§4.1.1, a registered name, case-sensitive", "f:alg-sha-384", "f:alg-upper f:alg-sha256 f:alg-number"],
  [RFC, "§4.1.1, sha-256 is supported", "f:alg-sha-256", "f:alg-sha-512-for-sha-256"],
  [RFC, "§4.2.1, the salt is a string", "f:long-salt", "f:shape-salt-number f:shape-salt-null"],
  [RFC, "§4.2.1, the name is a string", "f:extra", "f:shape-name-number f:shape-name-null"],
  [RFC, "§4.2.1, the name is not _sd, ... or one that is there", "f:extra", "f:name-sd f:name-dots f:conflict-name"],
  [RFC, "§4.2.1, UTF-8, then base64url", "f:white-space", "m:latin-1 a:padding-disclosure"],
  [RFC, "§4.2.2, two elements", "f:array", "f:element-shape-three f:element-shape-one"],
  [RFC, "§4.2.3, the digest is over the base64url text", "f:extra", "f:digest-of-bytes f:other-spelling"],
  [RFC, "§4.2.3, the digest is base64url, not hexadecimal", "f:extra", "f:digest-hex f:digest-padded"],
  [RFC, "§4.2.4.1, _sd is an array of strings", "f:decoys", "f:sd-of-number f:sd-null"],
  [RFC, "§4.2.4.2, the key is always ...", "f:array", "f:digest-in-string"],
  [RFC, "§4.2.4.2, its value is a digest", "f:array", "f:element-number f:element-null"],
  [RFC, "§4.2.4.2, no other key beside it", "f:array", "f:element-and-more"],
  [RFC, "§4.2.5, decoys by the same digest, base64url", "f:decoys", "f:digest-padded"],
  [RFC, "§4.2.6, a disclosure comes with those that it hangs on", "f:parent-and-child", "f:child-only f:inner-only m:recursive-parent-gone"],
  [RFC, "§4.3, typ kb+jwt", "g:good", "g:typ-JWT g:typ-missing"],
  [RFC, "§4.3, alg is there and not none", "g:p256", "g:alg-none g:alg-missing"],
  [RFC, "§4.3, iat", "g:good", "g:no-iat g:iat-number g:iat-fraction"],
  [RFC, "§4.3, aud, one string", "g:good", "g:no-aud g:aud-array"],
  [RFC, "§4.3, nonce, a string", "g:good", "g:no-nonce g:nonce-number"],
  [RFC, "§4.3, sd_hash", "g:good", "g:no-sd_hash g:sd_hash-null"],
  [RFC, "§4.3, a JWT according to RFC 7519", "m:kb-extra", "g:payload-array g:payload-duplicate m:kb-exp-text"],
  [RFC, "§4.3.1, sd_hash over JWT, tilde, disclosures each with a tilde", "g:good", "g:hash-without-tilde g:reordered g:removed g:added"],
  [RFC, "§4.3.1, base64url", "g:good", "g:hash-hex"],
  [RFC, "§4.3.1, the digest of the disclosures", "g:sha-512", "g:sha-512-as-256 g:hash-sha512"],
  [RFC, "§4.3.2, the key is the one that the SD-JWT names", "g:p256", "g:other-key g:issuer-key g:jwk"],
  [RFC, "§7.1 step 1", "a:good", "a:one-segment-tilde a:two-tokens"],
  [RFC, "§7.1 step 2.a, a secure algorithm, not none (RFC 8725 §3.1, §3.2)", "c:es256", "c:none c:hs256-raw c:es256-ed25519-kid c:alg-RS256"],
  [RFC, "§7.1 step 2.b, the signature (RFC 7515 §5.2)", "d:good", "d:payload-bit d:signature-bit-0 d:r-zero c:crit"],
  [RFC, "§7.1 step 2.c, the issuer, and the key is the issuer's", "e:good", "e:pinned-other e:other-issuer-key"],
  [RFC, "§7.1 step 2.d, _sd_alg is understood and secure", "f:alg-sha-256", "f:alg-md5 f:alg-sha1 f:alg-sha256-32 f:alg-unused"],
  [RFC, "§7.1 step 3.a", "f:reordered", "f:digest-of-bytes"],
  [RFC, "§7.1 step 3.b.i", "f:nested", "f:sd-of-object"],
  [RFC, "§7.1 step 3.b.ii", "f:array", "f:element-object"],
  [RFC, "§7.1 step 3.c.i, a digest without disclosure is ignored", "f:withheld", "f:unreferenced"],
  [RFC, "§7.1 step 3.c.ii.1", "f:extra", "f:shape-two f:shape-four f:shape-object"],
  [RFC, "§7.1 step 3.c.ii.2", "f:nested", "f:name-sd f:name-sd-nested f:name-dots-nested"],
  [RFC, "§7.1 step 3.c.ii.3", "f:nested", "f:conflict-level f:conflict-nested f:conflict-two"],
  [RFC, "§7.1 step 3.c.ii.4", "m:default-sha-256", "f:conflict-name"],
  [RFC, "§7.1 step 3.c.ii.5", "m:recursive", "f:inner-sd-in-disclosure m:recursive-parent-gone"],
  [RFC, "§7.1 step 3.c.iii.1", "f:array", "f:element-shape-three f:element-shape-empty"],
  [RFC, "§7.1 step 3.c.iii.2", "m:elements-all", "m:element-withheld"],
  [RFC, "§7.1 step 3.c.iii.3", "f:array-in-array", "f:inner-only"],
  [RFC, "§7.1 step 3.d", "m:elements-removed", "m:element-withheld"],
  [RFC, "§7.1 step 3.e", "m:emptied", "m:gone-_sd"],
  [RFC, "§7.1 step 3.f", "m:emptied", "m:gone-_sd_alg"],
  [RFC, "§7.1 step 4", "f:array", "f:digest-twice f:digest-twice-undisclosed f:digest-in-parent f:digest-twice-in-array"],
  [RFC, "§7.1 step 5", "f:parent-only", "f:unreferenced f:child-only f:unreferenced-withheld"],
  [RFC, "§7.1 step 6, nbf", "i:nbf-skew", "i:nbf-ahead"],
  [RFC, "§7.1 step 6, exp", "i:exp-next", "i:exp-now"],
  [RFC, "§7.1 step 6, aud", "m:aud-us", "m:aud-other m:aud-others m:aud-nobody m:aud-number"],
  [RFC, "§7.1 step 6, a claim that must control validity is missing", "i:good", "i:exp-missing i:iat-missing"],
  [RFC, "§7.1, a step that fails ends the processing", "f:good", "f:unreferenced f:name-sd"],
  [RFC, "§7.3 step 1, the policy decides, not the token", "m:policy-ignores", "m:policy-requires g:stripped"],
  [RFC, "§7.3 step 2", "g:required", "g:stripped-required g:stripped-call"],
  [RFC, "§7.3 step 3", "g:good", "a:binding-two-segments"],
  [RFC, "§7.3 step 4", "g:good", "g:added"],
  [RFC, "§7.3 step 5.a", "g:p256", "g:no-cnf g:cnf-string g:cnf-small-order g:cnf-off-curve"],
  [RFC, "§7.3 step 5.b", "g:ed25519-name", "g:alg-none g:alg-hs256 g:alg-es256"],
  [RFC, "§7.3 step 5.c", "g:good", "g:signature-bit g:signature-zero"],
  [RFC, "§7.3 step 5.d", "g:good", "g:typ-KB-JWT g:typ-application-kb-jwt"],
  [RFC, "§7.3 step 5.e", "g:oldest", "g:too-old g:ahead"],
  [RFC, "§7.3 step 5.f, nonce", "g:nonce-only", "g:nonce-other g:nonce-case"],
  [RFC, "§7.3 step 5.f, aud", "g:audience-only", "g:audience-other g:audience-slash"],
  [RFC, "§7.3 step 5.g", "g:sha-512", "g:added g:removed g:hash-empty"],
  [RFC, "§7.3 step 5.h", "m:kb-extra", "m:kb-expired m:kb-not-yet m:kb-header-twice g:crit"],
  [RFC, "§7.3, a step that fails ends the processing", "g:good", "g:other-credential"],
  [RFC, "§9.1, the signature is always checked", "d:good", "d:other-key d:zeros"],
  [RFC, "§9.4, MD5 and SHA-1 are not used", "f:alg-sha-512", "f:alg-md5 f:alg-sha1"],
  [RFC, "§9.5, decided beforehand; neither a missing key binding JWT nor a missing key counts", "g:required", "m:policy-requires g:stripped-required"],
  [RFC, "§9.7, claims that control validity are not withheld", "f:clear-exp", "f:only-exp f:only-nbf"],
  [VC, "§2.2.1, typ", "c:older-typ", "c:typ-JWT c:typ-missing c:typ-DC-SD-JWT m:kb-as-credential m:other-jwt"],
  [VC, "§2.2.2.1, vct is there, a string, case-sensitive", "h:vct-asked", "h:vct-missing h:vct-number h:vct-case"],
  [VC, "§2.2.2.3, iss is not disclosed", "f:clear-iss", "f:only-iss f:conflict-iss"],
  [VC, "§2.2.2.3, nbf is not disclosed", "f:clear-nbf", "f:only-nbf f:conflict-nbf"],
  [VC, "§2.2.2.3, exp is not disclosed", "f:clear-exp", "f:only-exp f:conflict-exp"],
  [VC, "§2.2.2.3, cnf is not disclosed", "f:clear-cnf", "f:only-cnf f:conflict-cnf"],
  [VC, "§2.2.2.3, vct is not disclosed", "f:clear-vct", "f:only-vct f:conflict-vct"],
  [VC, "§2.2.2.3, vct#integrity is not disclosed", "m:vct-integrity", "m:vct-integrity-disclosed"],
  [VC, "§2.2.2.3, aka_vcts is not disclosed", "m:aka-vcts", "m:aka-vcts-disclosed"],
  [VC, "§2.2.2.3, nor anything inside them", "m:protected-decoys", "m:cnf-inside m:cnf-deep-inside m:status-inside"],
  [VC, "§2.2.2.3, status is not disclosed", "f:clear-status", "f:only-status f:conflict-status"],
  [VC, "§2.2.2.3, not accepted before nbf", "i:nbf-now", "i:nbf-far"],
  [VC, "§2.2.2.3, the key binding JWT is secured by the key of cnf", "g:p256", "g:other-p256 g:issuer-key"],
  [VC, "§2.2.2.3, a status list token is a JWT", "j:good", "j:typ-JWT j:typ-missing"],
  [VC, "§2.2.2.5, nothing withheld: no disclosures", "f:empty-sd", "f:unreferenced"],
  [VC, "§2.4, processed as RFC 9901 §7 says", "f:good", "f:unreferenced"],
  [VC, "§2.4, the issuer by a mechanism that the policy permits", "c:good", "c:x5c-no-iss c:jwk c:jku"],
  [VC, "§2.4, key binding as RFC 9901 §7.3 says, by cnf", "g:good", "g:no-cnf g:jwk"],
  [VC, "§2.5, a key that is not shown to be the issuer's", "e:good", "e:pinned-other e:other-issuer-key c:kid-other"],
  [VC, "§2.2, an SD-JWT or an SD-JWT+KB", "a:good", "a:json-general a:json-sd-jwt a:no-tilde"],
  [VC, "§2.4, the key binding JWT keeps RFC 9901 §4.3", "g:good", "g:no-iat g:typ-JWT"],
  [VC, "§2.4 (RFC 7519 §4), claims in it that are not understood are ignored", "m:kb-extra", "g:nonce-other"],
  [VC, "§2.2.2.4, claims that are not understood are ignored", "m:unknown-claims", "h:type-name-0"],
  [VC, "§6, vct#integrity is integrity metadata", "m:vct-integrity", "m:vct-integrity-number m:vct-integrity-md5 m:vct-integrity-empty"],
];

/** Duties of readers who fetch or issue: nothing here does. */
const ELSEWHERE = [
  [RFC, "§7.2, §8", "of holders; the JSON serialisations are optional and refused as a whole (a:json-general)"],
  [VC, "§3, §4, §5, §6, comparing what was fetched", "no issuer metadata and no type metadata is fetched: keys come from pins and signed lists, types from the policy"],
  [VC, "§5.5, showing type metadata", "the page has its own words for the claims of the profile"],
];

/** File name → text, under tests/vectors/sd-jwt. */
export function mustFiles(sections) {
  const own = extras();
  const all = new Map(Object.entries({ ...sections, m: own }));
  const find = (name) => {
    const [letter, id] = [name.slice(0, 1), name.slice(2)];
    const { cases } = all.get(letter);
    const found = cases.find((one) => one.id === id) ?? cases.find((one) => one.id.replace(/^row-\d+-/, "") === id);
    if (found === undefined) throw new Error(`no case ${name}`);
    return { name: `${letter}:${found.id}`, one: found };
  };
  const rows = ROWS.map(([spec, clause, kept, broken]) => {
    const good = kept.split(" ").map(find);
    const bad = broken.split(" ").map(find);
    for (const { name, one } of good) if (one.expect.verdict !== "valid") throw new Error(`${name} is not valid`);
    for (const { name, one } of bad) if (one.expect.verdict === "valid") throw new Error(`${name} is valid`);
    return { spec, clause, good: good.map(({ name }) => name), bad: bad.map(({ name, one }) => ({ case: name, code: one.expect.codes[0] })) };
  });
  const elsewhere = ELSEWHERE.map(([spec, clause, why]) => ({ spec, clause, why }));
  const lines = (list) => list.map((one) => `    ${text(one)}`).join(",\n");
  const body = own.text().replace(/^\{\n/, "");
  return { "musts.json": `{\n  "rows": [\n${lines(rows)}\n  ],\n  "not_ours": [\n${lines(elsewhere)}\n  ],\n${body}` };
}
