// The law's cases against a door of the package; the same file runs in Node and inside Chromium, so that both ask the same.

/** Files of tests/vectors/law that hold cases. */
export const CASE_FILES = ['cases', 'more', 'edges'];
/** All files that `run` needs. */
export const FILES = [...CASE_FILES, 'refused', 'deadlines'];

const sorted = ({ account, grounds }) => JSON.stringify([account, [...grounds].sort()]);
const question = ({ law, subject, level, facts, now }) => ({ law, subject, level, facts, now });

function thrown(work) {
  try {
    work();
    return undefined;
  } catch (error) {
    return error.name === 'EidError' ? error.code : `${error}`;
  }
}

/** Every voice of a key, in both languages: six whole sentences, none empty, none said twice in one language by chance of a missing translation. */
function silences({ voiceFor }, key) {
  const faults = [];
  for (const language of ['vi', 'en']) {
    for (const voice of ['holder', 'officer', 'developer']) {
      const said = voiceFor(key, language, voice);
      if (typeof said !== 'string' || !/^\S.*\.$/u.test(said)) faults.push(`${key} has no ${language} sentence for the ${voice}: ${said}`);
    }
  }
  if (voiceFor(key, 'vi', 'holder') === voiceFor(key, 'en', 'holder')) faults.push(`${key} is not translated`);
  return faults;
}

/**
 * @param {any} door index, core …
 * @param {any} speech pkg/voices.js
 * @param {Record<string, any[]>} data file name → content
 * @param {string[]} codes every code of the product
 * @returns {{ faults: string[], cases: number, deadlines: number, refused: number, sentences: number, grounds: string[] }}
 */
export function run(door, speech, data, codes) {
  const faults = [];
  const keys = new Set(Object.keys(speech.voices));
  const all = CASE_FILES.flatMap((name) => data[name]);
  for (const each of all) {
    const { id, expected } = each;
    const [plain, whole, dated] = [question(each), each, { ...question(each), now: new Date(each.now) }].map((asked) => {
      try {
        return sorted(door.assessAccount(asked));
      } catch (error) {
        return `throws ${error.code ?? error}`;
      }
    });
    const wanted = sorted(expected);
    if (plain !== wanted || whole !== wanted || dated !== wanted) faults.push(`${id}: expected ${wanted}, got ${[plain, whole, dated]}`);
    const explained = door.assessAccount({ ...question(each), explain: true });
    const articles = explained.basis ?? [];
    if (articles.length !== Math.max(1, explained.grounds.length) || !articles.every((article) => / Art\. \d/.test(article))) {
      faults.push(`${id}: no article for each ground: ${JSON.stringify(explained)}`);
    }
    for (const key of [...expected.grounds, `account.${expected.account}`]) if (!keys.has(key)) faults.push(`${id}: nobody has a word for ${key}`);
  }
  for (const { about, bad, good } of data.refused) {
    if (thrown(() => door.assessAccount(bad)) !== 'policy_invalid') faults.push(`${about}: not refused`);
    if (thrown(() => door.assessAccount(good)) !== undefined) faults.push(`${about}: the twin is refused`);
  }
  for (const { law, received, expected } of data.deadlines) {
    const answer = JSON.stringify(door.requestDeadline({ law, received }));
    if (answer !== JSON.stringify(expected)) faults.push(`${law} ${received}: expected ${JSON.stringify(expected)}, got ${answer}`);
  }
  const spoken = [...keys, ...codes.filter((code) => !keys.has(code))];
  for (const key of spoken) faults.push(...silences(speech, key));
  const grounds = [...new Set(all.flatMap(({ expected }) => expected.grounds))].sort();
  return { faults, cases: all.length, deadlines: data.deadlines.length, refused: data.refused.length, sentences: spoken.length * 6, grounds };
}
