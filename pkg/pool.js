// A pool of workers, each with an engine of its own. How a worker is started is the business of worker.js (Web Workers)
// and worker-node.js (worker_threads).
import { EidError } from './errors.js';
import { UNREAD, areWhole, offlineReport, readTable, spendNonce } from './report.js';
import { readArtefacts, readConfig, readInput, readOptions } from './settings.js';
import { LIMITS, Refusal, clock, seconds } from './values.js';

/** Inputs that travel together: some milliseconds of work, so that progress is seen and an abort is quick. */
const CHUNK = 32;
const CHUNK_CHARACTERS = 512 * 1024;
/** Chunks under way per worker: one at work, one waiting. */
const AHEAD = 2;
/** A worker that ends before it is ready, this often in a row, will not start at all. */
const FALSE_STARTS = 3;

const CONFIG_FIELDS = ['trust', 'policy', 'relyingParty', 'language', 'now'];

/** What stands for an input that the door refuses by itself: the worker's door refuses it with the same code. */
const STAND_INS = {
  input_type_invalid: null,
  input_too_large: () => 'A'.repeat(LIMITS.token + 1),
  encoding_invalid: '\ud800',
};

/** An input as it may cross to a worker: no function, Proxy or getter, and nothing large. */
function crossing(input) {
  try {
    if (typeof input === 'string') return input.length > LIMITS.token ? STAND_INS.input_too_large() : input;
    const given = readInput(input);
    return given.bytes ?? given.crossing;
  } catch (error) {
    if (!(error instanceof Refusal)) return null;
    return error.code === 'input_too_large' ? STAND_INS.input_too_large() : (STAND_INS[error.code] ?? null);
  }
}

function abortReason(signal) {
  return signal.reason ?? new EidError('aborted', 'The verification was aborted.');
}

/**
 * @param {(events: { message(data: any): void, gone(error?: unknown): void }) => { post(data: any): void, end(): unknown, busy?(is: boolean): void }} spawn
 * @param {{ size?: number, config?: object, source?: unknown }} settings
 * @param {number} defaultSize
 */
export function makePool(spawn, settings, defaultSize) {
  const { size = defaultSize, config: given, source, ...beside } = settings ?? {};
  if (!Number.isSafeInteger(size) || size < 1 || size > 256) throw new EidError('policy_invalid', 'createPool: size must be a whole number from 1 to 256.');
  for (const name of Object.keys(beside)) {
    if (!CONFIG_FIELDS.includes(name)) throw new EidError('policy_invalid', `createPool: "${name}" is not a setting.`);
  }
  const read = readConfig(given ?? beside);
  const config = JSON.parse(read.json);
  if (read.csca.length + read.masterLists.length > 0) config.trust = { ...config.trust, csca: read.csca, masterLists: read.masterLists };

  const updates = []; // replayed in a worker that takes the place of a crashed one
  const queue = []; // chunks not yet given to a worker
  const jobs = new Set();
  const workers = new Set();
  let closed = false;
  let broken; // why no worker can be started
  let falseStarts = 0;
  let nextJob = 1;

  function start() {
    const worker = { ready: false, underway: new Map(), jobs: new Set(), waiting: [], channel: undefined };
    workers.add(worker);
    worker.channel = spawn({
      message: (data) => heard(worker, data),
      gone: () => lost(worker),
    });
    worker.channel.post({ type: 'start', config, source });
    for (const update of updates) worker.channel.post({ type: 'update', ...update });
    return worker;
  }

  function heard(worker, data) {
    if (!workers.has(worker)) return;
    if (data.type === 'ready') {
      worker.ready = true;
      worker.cell = data.cell && { ...data.cell, table: readTable(data.cell.table) };
      falseStarts = 0;
      feed();
    } else if (data.type === 'failed') {
      fail(new EidError(data.code, data.message));
    } else if (data.type === 'updated') {
      worker.waiting.shift()?.(data.trust);
      tend();
    } else if (data.type === 'done') {
      const chunk = worker.underway.get(data.chunk);
      const reports = chunk === undefined || chunk.job.ended ? [] : (data.reports ?? readReports(data.text, chunk.inputs.length, worker.cell));
      if (reports === undefined) {
        worker.channel.end(); // an engine that writes something else is as good as gone
        lost(worker);
        return;
      }
      worker.underway.delete(data.chunk);
      if (chunk !== undefined) finish(chunk, reports);
      feed();
    }
  }

  /** What the engine of a worker wrote; undefined for what no sound one writes. */
  function readReports(text, count, cell) {
    try {
      const reports = JSON.parse(text);
      return areWhole(reports, count, cell, read.language) ? reports : undefined;
    } catch {
      return undefined;
    }
  }

  /** A worker is gone: another takes its place, and its chunks are done again, the suspect ones input by input. */
  function lost(worker) {
    if (!workers.delete(worker) || closed) return;
    for (const answered of worker.waiting) answered(undefined);
    if (!worker.ready && ++falseStarts >= FALSE_STARTS) {
      fail(new EidError('engine_load_failed', 'The workers end before they are ready: check that the worker file is served and allowed by the Content-Security-Policy (worker-src).'));
      return;
    }
    const again = [];
    let suspect = true; // a worker takes its chunks in order: only the first can have been at work
    for (const chunk of worker.underway.values()) {
      if (!chunk.job.ended) {
        if (!suspect) again.push(chunk);
        else if (chunk.inputs.length > 1) chunk.inputs.forEach((input, i) => again.push({ job: chunk.job, from: chunk.from + i, inputs: [input], crashes: 0 }));
        else if (chunk.crashes > 0) finish(chunk, [offlineReport(undefined, 'internal_error', read.language)]);
        else again.push({ ...chunk, crashes: 1 });
      }
      suspect = false;
    }
    queue.unshift(...again);
    start();
    feed();
  }

  function fail(error) {
    broken = error;
    for (const job of [...jobs]) end(job, () => job.reject(error));
    for (const worker of workers) stop(worker);
    queue.length = 0;
  }

  function stop(worker) {
    workers.delete(worker);
    for (const answered of worker.waiting) answered(undefined);
    return worker.channel.end();
  }

  function end(job, settle) {
    if (job.ended) return;
    job.ended = true;
    jobs.delete(job);
    job.signal?.removeEventListener('abort', job.aborted);
    for (const worker of workers) {
      if (worker.jobs.delete(job.id)) worker.channel.post({ type: 'forget', job: job.id });
    }
    settle();
  }

  function finish(chunk, reports) {
    const { job } = chunk;
    if (job.ended) return;
    reports.forEach((report, i) => {
      job.reports[chunk.from + i] = report;
    });
    job.done += chunk.inputs.length;
    try {
      job.onProgress?.({ done: job.done, total: job.reports.length });
    } catch {
      // a page's progress bar must not lose the reports
    }
    if (job.done < job.reports.length) return;
    // nonces stay here: one store for all workers, spent in the order of the inputs
    end(job, () => job.resolve(job.reports.map((report) => spendNonce(report, job.asked, read.language))));
    tend();
  }

  function feed() {
    for (let round = 0; round < AHEAD; round++) {
      for (const worker of workers) {
        if (!worker.ready || worker.underway.size > round) continue;
        let chunk;
        do chunk = queue.shift();
        while (chunk !== undefined && chunk.job.ended);
        if (chunk === undefined) break;
        const { job } = chunk;
        if (!worker.jobs.has(job.id)) {
          worker.jobs.add(job.id);
          worker.channel.post({ type: 'job', job: job.id, options: job.options });
        }
        const id = `${job.id}:${chunk.from}:${chunk.crashes}`;
        worker.underway.set(id, chunk);
        worker.channel.post({ type: 'work', job: job.id, chunk: id, inputs: chunk.inputs });
      }
    }
    tend();
  }

  /** An idle pool does not keep its process alive; one that owes an answer does. */
  function tend() {
    for (const worker of workers) worker.channel.busy?.(jobs.size > 0 || worker.waiting.length > 0);
  }

  function run(inputs, options, extra) {
    return new Promise((resolve, reject) => {
      if (closed) throw new EidError('pool_closed', 'This pool was closed: make a new one.');
      if (broken !== undefined) throw broken;
      let signal;
      let onProgress;
      let asked;
      let shipped;
      try {
        let rest = options;
        if (typeof options === 'object' && options !== null) ({ signal, onProgress, ...rest } = options);
        signal = extra?.signal ?? signal;
        onProgress = extra?.onProgress ?? onProgress;
        asked = readOptions(rest, read, clock);
        shipped = JSON.parse(asked.json);
      } catch (error) {
        // the worker's door refuses these with the same code
        asked = {};
        shipped = error instanceof Refusal && error.code === 'encoding_invalid' ? { purpose: '\ud800' } : { refused: true };
      }
      if (signal?.aborted) throw abortReason(signal);
      const job = { id: nextJob++, options: shipped, asked, signal, onProgress, resolve, reject, reports: Array(inputs.length), done: 0, ended: false };
      if (inputs.length === 0) return resolve([]);
      job.aborted = () => end(job, () => reject(abortReason(signal)));
      signal?.addEventListener('abort', job.aborted, { once: true });
      jobs.add(job);
      for (let from = 0; from < inputs.length; ) {
        const chunk = { job, from, inputs: [], crashes: 0 };
        // small jobs are spread over all workers
        const most = Math.max(1, Math.min(CHUNK, Math.ceil(inputs.length / size)));
        let characters = 0;
        while (from < inputs.length && chunk.inputs.length < most && characters < CHUNK_CHARACTERS) {
          const input = crossing(inputs[from++]);
          characters += typeof input === 'string' ? input.length : 0;
          chunk.inputs.push(input);
        }
        queue.push(chunk);
      }
      feed();
    });
  }

  for (let i = 0; i < size; i++) start();

  return {
    size,
    async verify(input, options, extra) {
      return (await run([input], options, extra))[0];
    },
    async verifyMany(inputs, options, extra) {
      if (!Array.isArray(inputs)) return run([undefined], options, extra);
      return run(Array.from(inputs), options, extra);
    },
    /** Hands newer artefacts to every worker; resolves to the trust lines, which are the same in all. */
    async update(artefacts, options) {
      if (closed) throw new EidError('pool_closed', 'This pool was closed: make a new one.');
      if (broken !== undefined) throw broken;
      let update;
      try {
        update = { artefacts: readArtefacts(artefacts), now: options?.now === undefined ? (read.now ?? clock()) : seconds(options.now) };
      } catch {
        update = { artefacts: null, now: clock() }; // the worker's door refuses it with its code
      }
      updates.push(update);
      const asked = [...workers].map(
        (worker) =>
          new Promise((answered) => {
            worker.waiting.push(answered);
            worker.channel.post({ type: 'update', ...update, answer: true });
          }),
      );
      tend();
      const answers = await Promise.all(asked);
      if (broken !== undefined) throw broken;
      return answers.find((trust) => trust !== undefined) ?? [];
    },
    /** Ends the workers; what is under way is rejected with `pool_closed`. */
    async close() {
      if (closed) return;
      closed = true;
      for (const job of [...jobs]) end(job, () => job.reject(new EidError('pool_closed', 'The pool was closed before this was done.')));
      await Promise.all([...workers].map(stop));
    },
  };
}

/**
 * The other side: answers what the pool asks, with a door of its own.
 * @param {{ init(source?: unknown): Promise<void>, Verifier: any }} door
 * @param {(data: any) => void} post
 * @returns {(data: any) => Promise<void>}
 */
export function makeAnswerer(door, post) {
  const jobs = new Map();
  let verifier;
  let started;
  return async (data) => {
    if (data.type === 'start') {
      started = (async () => {
        try {
          await door.init(data.source);
          verifier = new door.Verifier(data.config);
          post({ type: 'ready', cell: verifier[UNREAD]() });
        } catch (error) {
          post({ type: 'failed', code: error.code ?? 'internal_error', message: error.message });
        }
      })();
      return;
    }
    await started;
    if (verifier === undefined) return;
    if (data.type === 'update') {
      const trust = verifier.update(data.artefacts, { now: data.now });
      if (data.answer) post({ type: 'updated', trust });
    } else if (data.type === 'job') {
      jobs.set(data.job, data.options);
    } else if (data.type === 'forget') {
      jobs.delete(data.job);
    } else if (data.type === 'work') {
      const options = jobs.get(data.job);
      if (options === undefined) return; // the job was given up meanwhile
      post({ type: 'done', chunk: data.chunk, ...verifier[UNREAD](data.inputs, options) });
    }
  };
}
