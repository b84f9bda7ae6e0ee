// Compiled, never run: what a page writes against the package under strict TypeScript, and what must not compile.
import init, {
  assessAccount, EidError, engineInfo, initSync, inspect, NonceStore, readMrz, requestDeadline, Verifier, version,
  type Code, type Config, type FailCode, type Input, type Report, type UnknownCode,
} from 'eid-verifier';
import { Verifier as CoreVerifier } from 'eid-verifier/core';
import { init as initInline } from 'eid-verifier/inline';
import { Verifier as CompatVerifier } from 'eid-verifier/compat';
import { createPool } from 'eid-verifier/worker';
import { fetchNeeds, type CacheEntry } from 'eid-verifier/net';
import { createBridge } from 'eid-verifier/webview';
import { checkNames, messageFor, messages } from 'eid-verifier/messages';

const config: Config = {
  trust: { issuers: [{ iss: 'https://issuer.example', keys: [{ kty: 'OKP', crv: 'Ed25519', x: '' }], maxLevel: 2, kinds: ['citizen'] }] },
  policy: { law: 'ND69-2024', minLevel: 2, requiredClaims: ['birthdate', ['travel_document', 'expires_on']], ask: { ageAtLeast: 18 } },
  language: 'en',
};
// @ts-expect-error misspelt
const misspelt: Config = { polcy: {} };
// @ts-expect-error no such level
const level: Config = { policy: { minLevel: 3 } };

export async function page(token: Input): Promise<string> {
  await init(new URL('https://page.example/eid_verifier_bg.wasm'));
  await initInline();
  initSync(new Uint8Array());
  const verifier = new Verifier(config);
  const nonces = new NonceStore({ lifetime: 60 });
  const nonce: string = nonces.issue();
  const report = verifier.verify(token, { nonce, nonces, audience: 'https://page.example', now: new Date() });
  // @ts-expect-error misspelt
  verifier.verify(token, { nonse: nonce });
  // @ts-expect-error a promise is no answer
  verifier.verify(token, { nonce, nonces: { consume: async () => true } });
  // @ts-expect-error no input
  verifier.verify(42);
  verifier.verify({ mrz: 'P<', sod: new Uint8Array(), dataGroups: { 1: new Uint8Array() } });
  const trust: string[] = verifier.update({ trustLists: [''] }, { now: 5 }).map((line) => line.artefact);
  verifier.free();
  return trust.join() + told(report);
}

// the three verdicts are told apart, and nothing of a bad report looks like a holder
function told(report: Report): string {
  switch (report.verdict) {
    case 'valid': {
      const none: [] = report.codes;
      return `${none.length} ${report.holder?.kind ?? ''} ${String(report.holder?.claims['name'])}`;
    }
    case 'invalid': {
      const code: FailCode = report.codes[0];
      const nobody: undefined = report.holder;
      return why(code) + String(nobody);
    }
    case 'indeterminate': {
      const code: UnknownCode = report.codes[0];
      return code + report.needs.map((need) => (need.type === 'status_list' ? need.uri : need.type === 'account_state' ? need.sub : '')).join();
    }
  }
}

export function lines(report: Report): string[] {
  return report.checks.map((check) => {
    switch (check.outcome) {
      case 'pass':
        return check.check;
      case 'fail':
      case 'unknown':
      case 'skip':
        return check.code + check.message;
    }
  });
}

// `switch` over codes is total: a code that is forgotten fails to compile
export function kind(code: 'expired' | 'not_yet_valid'): string {
  switch (code) {
    case 'expired':
      return 'late';
    case 'not_yet_valid':
      return 'early';
  }
}
function why(code: FailCode): string {
  // @ts-expect-error no such code
  if (code === 'expirred') return '';
  return code === 'expired' ? 'late' : code;
}

export async function more(report: Report, cache: Map<string, CacheEntry>, port: MessagePort): Promise<void> {
  const got = await fetchNeeds(report.needs, { allowHosts: ['status.example'], cache });
  const verifier = new CoreVerifier({});
  verifier.verify('', { statusLists: got.statusLists });
  await got.commit();
  const pool = createPool({ size: 2, config });
  const reports: Report[] = await pool.verifyMany([''], { onProgress: ({ done, total }) => done / total, signal: new AbortController().signal });
  await pool.close();
  const bridge = createBridge(new CompatVerifier({}), { inspect, readMrz });
  bridge.listen(port)();
  const code: Code | undefined = reports[0]?.codes[0];
  const sentence: string | undefined = messageFor(code, 'vi') ?? messages.en['expired'] ?? checkNames.vi['issuer.trust'];
  const zone = readMrz('P<', { now: 0, suggest: true });
  const finding = assessAccount({ law: 'ND69-2024', subject: 'foreigner', level: 2, facts: {}, now: new Date() });
  const deadline = requestDeadline({ law: 'ND59-2022', received: '2023-12-29' });
  try {
    const response = verifier.verifyVpToken({ eid: [''] }, { nonce: 'n' });
    const query: string = JSON.stringify(verifier.dcqlQuery({ claims: ['name'] }));
    if (response.verdict === 'valid') void [response.presentations['eid']?.[0]?.verdict, query];
  } catch (error) {
    if (error instanceof EidError && error.code === 'not_in_build') return;
  }
  void [sentence, zone.documentNumber, finding.account, deadline.decideBy, engineInfo().features, inspect('').verified, version, misspelt, level];
}
