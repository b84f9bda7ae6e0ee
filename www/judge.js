// One call of `verify` for what is looked at, and what the verdict says beside the report.

import { currentLanguage } from "./i18n.js";

/** Seconds since 1970 of a number or an ISO time. */
export const toSeconds = (moment) => (typeof moment === "number" ? moment : Math.floor(Date.parse(moment) / 1000));

/** `{ report, lists }` of `{ input, config, options, now, nonces? }`; `lists` is what the trust's signed lists were judged to be. */
export function judge(Verifier, { input, config, options, now, nonces }) {
  const verifier = new Verifier({ ...config, now, language: currentLanguage() });
  try {
    const report = verifier.verify(input, { ...options, now, ...(nonces ? { nonces } : {}) });
    const lists = (verifier.trust || []).map(({ artefact, verdict, codes, version }) => ({ artefact, verdict, codes, version }));
    return { report, lists };
  } finally {
    verifier.free();
  }
}

/** What the verdict says of the thing looked at: its title, its moment, and whether nobody asked for its status. */
export function aboutOf({ title, sample, sampleTime, now, config, options }, { format }) {
  const policy = { ...(config.policy || {}), ...((options || {}).policy || {}) };
  return {
    title: title || (sample && sample.title[currentLanguage()]),
    sampleTime: Boolean(sample || sampleTime),
    now,
    statusIgnored: policy.status === "ignore" && !["mrz", "emrtd", "unknown"].includes(format),
  };
}

/** A sample, as something to look at. */
export const ofSample = (sample) => ({ sample, input: sample.input, config: sample.config, options: sample.options, now: toSeconds(sample.now) });
