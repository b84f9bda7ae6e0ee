// The groups of passports. Runs in the page and in Node alike.
import * as asn1 from "asn1js";
import { Certificate, ContentInfo, SignedData } from "pkijs";

const { subtle } = globalThis.crypto;
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const opened = ({ sod, dataGroups }) => ({ sod: bytes(sod), dataGroups: Object.fromEntries(Object.entries(dataGroups).map(([number, group]) => [number, bytes(group)])) });

/** pkijs: signature and chain, then what ICAO adds: the digests of the groups, and the zone in DG1. */
function passportOfPeer(csca, now) {
  const trustedCerts = [Certificate.fromBER(csca)];
  const checkDate = new Date(now * 1000);
  const names = { "2.16.840.1.101.3.4.2.1": "SHA-256", "2.16.840.1.101.3.4.2.2": "SHA-384", "2.16.840.1.101.3.4.2.3": "SHA-512" };
  return async ({ sod, dataGroups }) => {
    const header = sod[1] < 0x80 ? 2 : 2 + (sod[1] & 0x7f); // the tag 77 of EF.SOD
    const signed = new SignedData({ schema: ContentInfo.fromBER(sod.subarray(header)).content });
    const { signatureVerified, signerCertificateVerified } = await signed.verify({ signer: 0, trustedCerts, checkChain: true, checkDate, extendedMode: true });
    if (!signatureVerified || !signerCertificateVerified) throw new Error("signature");
    const content = asn1.fromBER(signed.encapContentInfo.eContent.getValue()).result;
    const [, { valueBlock: algorithm }, { valueBlock: rows }] = content.valueBlock.value;
    const hash = names[algorithm.value[0].valueBlock.toString()];
    const digests = new Map(rows.value.map(({ valueBlock: { value: [number, digest] } }) => [number.valueBlock.valueDec, new Uint8Array(digest.getValue())]));
    for (const [number, group] of Object.entries(dataGroups)) {
      const digest = new Uint8Array(await subtle.digest(hash, group));
      const expected = digests.get(Number(number));
      if (expected?.length !== digest.length || !digest.every((byte, at) => byte === expected[at])) throw new Error("digest");
    }
    return new TextDecoder().decode(dataGroups[1].subarray(-88)).length === 88;
  };
}

const answers = async (work) => {
  try {
    return (await work()) === true;
  } catch {
    return false;
  }
};
const none = async (inputs, verify) => (await Promise.all(inputs.map((input) => answers(() => verify(input))))).includes(true);

function passport({ full }, { title, now, csca: text, good: goodText, bad: badTexts }) {
  const csca = bytes(text);
  const [good, bad] = [opened(goodText), badTexts.map(opened)];
  const verifier = new full.Verifier({ now, trust: { csca: [csca] } });
  const isValid = (input) => verifier.verify(input, { now }).verdict === "valid";
  const peer = passportOfPeer(csca, now);
  const contenders = [
    { name: "eid-verifier", sync: true, run: () => verifier.verify(good, { now }), good: () => isValid(good), bad: () => bad.some(isValid), close: () => verifier.free() },
    { name: "pkijs, WebCrypto", run: () => peer(good), good: () => answers(() => peer(good)), bad: () => none(bad, peer) },
  ];
  return { id: `chip-${title}`, title: `Passive authentication of a chip, ${title}`, contenders };
}

function masterList({ full }, { now, good: goodText, bad: badText }) {
  const [good, bad] = [bytes(goodText), bytes(badText)];
  const load = (list) => {
    const verifier = new full.Verifier({ now, trust: { masterLists: [list] } });
    const [{ verdict, taken }] = verifier.trust;
    verifier.free();
    return verdict === "valid" && taken >= 500;
  };
  // no peer: the list is signed on brainpoolP384r1, which WebCrypto does not know
  const contenders = [{ name: "eid-verifier", sync: true, run: () => load(good), good: () => load(good), bad: () => load(bad) }];
  return { id: "master-list", title: "German master list of 2024, 525 certificates, loaded", contenders, how: { rounds: 9, length: 1, warmUp: 1, uses: 2 } };
}

/** Each made when its turn comes. */
export const chipPlan = ({ chips, list }, doors) => [...chips.map((chip) => () => passport(doors, chip)), () => masterList(doors, list)];
