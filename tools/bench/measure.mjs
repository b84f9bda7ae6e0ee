// Rounds: in each, every contender of a group runs one batch, in an order that moves on. A batch lasts several milliseconds, so that a coarse clock does not matter.

const now = () => performance.now();

async function batch(contender, times) {
  const begun = now();
  if (contender.sync) for (let index = 0; index < times; index += 1) contender.run();
  else for (let index = 0; index < times; index += 1) await contender.run();
  return now() - begun;
}

/** Runs until the optimising compilers have had their say; tells how often a batch repeats. */
async function warm(contender, { warmUp, length, uses }) {
  let done = 0;
  let spent = 0;
  let best = Infinity; // of all batches: a busy machine must not make the later ones short
  while (spent < warmUp || done < uses) {
    const times = Math.max(1, Math.min(uses, Math.ceil(2 / Math.max(best, 0.001))));
    const took = await batch(contender, times);
    spent += took;
    done += times;
    best = Math.min(best, took / times);
    if (spent > 10 * warmUp) break;
  }
  return Math.max(1, Math.round(length / Math.max(best, 0.0005)));
}

export const median = (values) => quantile(values, 0.5);

export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

/** `{ id, title, unit, rows: [{ name, median, p95, least, rounds }] }`, microseconds for one piece of work. */
export async function measure(group, how) {
  for (const contender of group.contenders) {
    if (!(await contender.good())) throw new Error(`${group.id}: ${contender.name} refuses the good one`);
    if (await contender.bad()) throw new Error(`${group.id}: ${contender.name} accepts the bad one`);
  }
  const { rounds, length, warmUp, uses } = { ...how, ...group.how };
  const field = [];
  for (const contender of group.contenders) field.push({ contender, times: await warm(contender, { warmUp, length, uses }), samples: [] });
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < field.length; turn += 1) {
      const each = field[(round + turn) % field.length];
      const took = await batch(each.contender, each.times);
      each.samples.push((took * 1000) / each.times / (each.contender.pieces ?? 1));
    }
  }
  const rows = field.map(({ contender, samples }) => ({ name: contender.name, median: median(samples), p95: quantile(samples, 0.95), least: Math.min(...samples), rounds: samples.length }));
  for (const contender of group.contenders) await contender.close?.();
  return { id: group.id, title: group.title, unit: "µs", rows };
}
