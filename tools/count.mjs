// Reads how many tests passed, failed and were skipped from what the runners print.

const NONE = { passed: 0, failed: 0, skipped: 0 };

export const sum = (counts) => counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }), NONE);

/** `test result: ok. 3 passed; 0 failed; 1 ignored; …`, once for each binary: cargo test and wasm-bindgen-test. */
export function fromCargo(output) {
  const lines = [...output.matchAll(/^test result: \S+ (\d+) passed; (\d+) failed; (\d+) ignored/gm)];
  return sum(lines.map(([, passed, failed, skipped]) => ({ passed: Number(passed), failed: Number(failed), skipped: Number(skipped) })));
}

/** The closing lines of `node --test --test-reporter=tap`. A cancelled test never gave its verdict: that is a failure. */
export function fromNode(output) {
  const last = (word) => Number([...output.matchAll(new RegExp(`^# ${word} (\\d+)$`, "gm"))].at(-1)?.[1] ?? 0);
  return { passed: last("pass"), failed: last("fail") + last("cancelled"), skipped: last("skipped") + last("todo") };
}

/** A runner that fails has at least one failure, and one that ran nothing has proved nothing. */
export function judged(count, ok) {
  const none = count.passed + count.failed === 0;
  return (!ok && count.failed === 0) || none ? { ...count, failed: count.failed + 1 } : count;
}

export const line = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
