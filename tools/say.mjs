// What a person sees: one line a step with its time, one sentence when something stops. Node built-ins only.
const started = Date.now();

/** Something that ends the run and that one sentence can explain: no stack is printed. */
export class Stop extends Error {}

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

export function note(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs `work`, says its name at once, a sign of life every 15 s, and the time it took; a result of `{ ok: false }` counts as a failure that the caller explains. */
export async function step(title, work) {
  const begun = Date.now();
  note(`… ${title}`);
  const beat = setInterval(() => note(`… ${title}, ${seconds(Date.now() - begun)} so far`), 15_000);
  beat.unref();
  try {
    const result = await work();
    note(`${result?.ok === false ? "✗" : "✓"} ${title} (${seconds(Date.now() - begun)})`);
    return result;
  } catch (error) {
    note(`✗ ${title} (${seconds(Date.now() - begun)})`);
    throw error;
  } finally {
    clearInterval(beat);
  }
}

export const elapsed = () => seconds(Date.now() - started);

/** The top of every command: a `Stop` is one sentence and exit code 1, anything else is a bug and shows its stack. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? process.exitCode ?? 0;
  } catch (error) {
    note(error instanceof Stop ? `\n${error.message}` : `\n${error?.stack ?? error}`);
    process.exitCode = 1;
  }
}
