// One verifier's life over one host: its engine, what made it what it is, and how it is made again after a trap.
import { EidError } from './errors.js';
import { areWhole, isWhole, isWholeResponse, offlineReport, spendNonce } from './report.js';
import { readAnswer, readArtefacts, readConfig, readInput, readOptions, readRequest, readResponse } from './settings.js';
import { Refusal, clock, instant, membersOf, seconds } from './values.js';

/** Tokens that cross into wasm together; more would only make its memory larger. */
const BATCH = 256;
const BATCH_CHARACTERS = 4 * 1024 * 1024;
/** Updates kept for a fresh engine: years of daily lists. */
const UPDATES = 2000;

/** What the engine says when it refuses an argument: `{code, message}`, as an object or its JSON. Anything else is a trap. */
function saidByEngine(error) {
  try {
    const { code, message } = typeof error === 'string' ? JSON.parse(error) : error;
    if (error instanceof Error || typeof code !== 'string') return undefined;
    return new EidError(code, typeof message === 'string' ? message : undefined);
  } catch {
    return undefined;
  }
}

/** The seam carries the host's clock as an unsigned number: 1970 to 2106. */
const seamClock = (now) => Math.max(0, Math.min(now, 0xffff_ffff));

/**
 * Calls the engine of a cell. What the engine does not say itself is a trap, and costs the cell.
 * @param {import('./host.js').Host} host
 */
export function callEngine(host, cell, work) {
  try {
    return work(cell.glue);
  } catch (error) {
    if (error instanceof EidError) throw error;
    const said = saidByEngine(error);
    if (said !== undefined) throw said;
    host.trapped(cell);
    throw new EidError('internal_error', 'The engine trapped and was replaced; this call was not answered.');
  }
}

/** The code of a fault of the caller's; a getter or Proxy that throws is as wrong as a value of the wrong type. */
const codeOf = (error, otherwise) => (error instanceof Refusal ? error.code : otherwise);

export class Session {
  constructor(host, config) {
    this.host = host;
    host.cell();
    this.config = readConfig(config);
    this.cell = undefined;
    this.engine = undefined;
    this.updates = []; // [{ json, now }], in order
    this.plan = undefined; // a refused report, for the time when there is no engine
    this.freed = false;
    this.living();
    this.plan = this.report((engine) => engine.refuse('internal_error'));
  }

  /** The engine in the host's living cell; made anew, with its updates, when the one before trapped. */
  living() {
    if (this.cell !== undefined && this.cell === this.host.cell()) return this.engine;
    this.cell = undefined;
    this.engine = undefined;
    try {
      this.build(this.host.cell());
    } catch (error) {
      // an instance that someone else's input had harmed shows it only now: what is asked here gets a sound one
      if (error.code !== 'internal_error') throw error;
      this.build(this.host.cell());
    }
    return this.engine;
  }

  build(cell) {
    const { json, csca, masterLists, now } = this.config;
    const engine = callEngine(this.host, cell, (glue) => new glue.Engine(json, csca, masterLists, seamClock(now ?? clock())));
    for (const update of this.updates) callEngine(this.host, cell, () => engine.update(update.json, update.now));
    this.cell = cell;
    this.engine = engine;
  }

  /** Whether this build has a method: the small one leaves some out, and says so. */
  holds(name) {
    return typeof this.living()[name] === 'function';
  }

  /** What the engine answers, as data. An answer that is not what it should be costs the cell like a trap. */
  ask(work, isFit = Array.isArray) {
    const engine = this.living();
    return callEngine(this.host, this.cell, () => {
      const answer = JSON.parse(work(engine));
      if (!isFit(answer)) throw new Error('unsound');
      return answer;
    });
  }

  /** As `ask`, for one report. */
  report(work) {
    return this.ask(work, (report) => isWhole(report, this.cell, this.config.language));
  }

  /** A report that refuses the whole input. */
  refuse(code, now) {
    const report = this.report((engine) => engine.refuse(code));
    const at = instant(now ?? this.config.now ?? clock());
    if (at !== undefined) report.verifiedAt = at;
    return report;
  }

  /** A report for the case that there is no engine to ask: never a verdict, only that none could be found. */
  lost(error) {
    const code = error instanceof EidError && ['engine_busy', 'engine_unusable'].includes(error.code) ? error.code : 'internal_error';
    if (code === 'internal_error') {
      try {
        return this.refuse(code);
      } catch {
        // the fresh instance is not there yet
      }
    }
    return offlineReport(this.plan, code, this.config.language);
  }

  /** @returns {{ asked?: object, code?: string }} what was asked, or the code of what is wrong with it */
  options(options) {
    try {
      return { asked: readOptions(options, this.config, clock) };
    } catch (error) {
      return { code: codeOf(error, 'policy_invalid') };
    }
  }

  /** The engine's answer to one input, before the nonce is spent. */
  answer(input, asked) {
    let given;
    try {
      given = readInput(input);
    } catch (error) {
      return this.refuse(codeOf(error, 'input_type_invalid'), asked.now);
    }
    return this.report((engine) => {
      if (given.text !== undefined) return engine.verify(given.text, asked.json);
      if (given.bytes !== undefined) return engine.verifyBytes(given.bytes, asked.json);
      return engine.verifyDocument(given.document, given.sod, given.numbers, given.groups, asked.json);
    });
  }

  finish(report, asked) {
    return spendNonce(report, asked, this.config.language);
  }

  verify(input, options) {
    try {
      if (this.freed) return offlineReport(this.plan, 'engine_unusable', this.config.language);
      const { asked, code } = this.options(options);
      if (asked === undefined) return this.refuse(code);
      return this.finish(this.answer(input, asked), asked);
    } catch (error) {
      return this.lost(error);
    }
  }

  /** `vp_token` of OpenID4VP, bare or in a wallet's answer: each presentation on its own, then against each other; one response spends its nonce once. */
  verifyVpToken(answer, options) {
    const refused = (code, verdict = code === 'not_in_build' ? 'indeterminate' : 'invalid') => ({ verdict, codes: [code], presentations: {} });
    try {
      if (this.freed) return refused('engine_unusable', 'indeterminate');
      let unwrapped;
      try {
        unwrapped = readAnswer(answer, options);
      } catch (error) {
        return refused(codeOf(error, 'input_type_invalid'));
      }
      const { asked, code } = this.options(unwrapped.options);
      if (asked === undefined) return refused(code);
      let given;
      try {
        given = readResponse(unwrapped.token);
      } catch (error) {
        return refused(codeOf(error, 'input_type_invalid'));
      }
      if (!this.holds('verifyVpToken')) return refused('not_in_build', 'indeterminate');
      const isFit = (answer) => isWholeResponse(answer, this.cell, this.config.language);
      const response = this.ask((engine) => engine.verifyVpToken(given, asked.json), isFit);
      let taken;
      const nonces = asked.nonces && { consume: (nonce) => (taken ??= { is: asked.nonces.consume(nonce) }).is };
      const spend = response.verdict === 'valid' ? { ...asked, nonces } : {};
      const reports = Object.values(response.presentations).flat();
      for (const report of reports) spendNonce(report, spend, this.config.language);
      const spoilt = reports.find((report) => report.verdict !== 'valid');
      if (response.verdict === 'valid' && spoilt) Object.assign(response, { verdict: spoilt.verdict, codes: [...spoilt.codes] });
      return response;
    } catch (error) {
      return refused(this.lost(error).codes[0], 'indeterminate');
    }
  }

  /** The question of this verifier as a DCQL query. */
  dcqlQuery(request) {
    const asked = JSON.stringify(readRequest(request));
    if (!this.holds('dcqlQuery')) throw new EidError('not_in_build', 'dcqlQuery is not part of this build.');
    return this.ask((engine) => engine.dcqlQuery(asked), (query) => Array.isArray(query?.credentials));
  }

  /** Prepares the issuers' keys in the engine; after a trap they warm by themselves. */
  warm() {
    const engine = this.living();
    callEngine(this.host, this.cell, () => engine.warm());
  }

  verifyMany(inputs, options) {
    try {
      if (!Array.isArray(inputs)) return [this.verify(undefined, options)];
      const given = Array.from(inputs);
      if (this.freed) return given.map(() => this.verify());
      const { asked, code } = this.options(options);
      if (asked === undefined) return given.map(() => this.refuse(code));
      const reports = [];
      for (let from = 0; from < given.length; ) {
        const batch = batchFrom(given, from);
        for (const report of this.answers(batch, asked)) reports.push(this.finish(report, asked));
        from += batch.length;
      }
      return reports;
    } catch (error) {
      return [this.lost(error)];
    }
  }

  /**
   * As `verifyMany`, for the worker of a pool: the engine's own text, to be read on the other side (a string crosses at a twentieth of its objects' price);
   * reports where the engine gave no text. Without inputs: what the other side needs to read.
   */
  unread(inputs, options) {
    if (inputs === undefined) return { table: this.host.cell().glue.reportTable(), info: this.host.cell().info };
    const { asked } = this.options(options);
    const texts = asked && textsOf(inputs);
    if (texts !== undefined) {
      try {
        const engine = this.living();
        return { text: callEngine(this.host, this.cell, () => engine.verifyMany(texts, asked.json)) };
      } catch {
        // one of the inputs trapped
      }
    }
    return { reports: this.verifyMany(inputs, options) };
  }

  /** The answers to one batch: together where all of it is fit to cross, else one by one; same reports either way. */
  answers(batch, asked) {
    const texts = textsOf(batch);
    if (texts !== undefined && texts.length > 1) {
      try {
        const isFit = (answer) => areWhole(answer, texts.length, this.cell, this.config.language);
        return this.ask((engine) => engine.verifyMany(texts, asked.json), isFit);
      } catch {
        // one input of the batch trapped: each is asked alone, so that only that one is without answer
      }
    }
    return batch.map((input) => {
      try {
        return this.answer(input, asked);
      } catch (error) {
        return this.lost(error);
      }
    });
  }

  update(artefacts, options) {
    let given;
    let now = this.config.now;
    try {
      given = readArtefacts(artefacts);
      if (options !== undefined) {
        for (const [name, value] of membersOf(options)) {
          if (name !== 'now') throw new Refusal('policy_invalid', name);
          if (value !== undefined) now = seconds(value, name);
        }
      }
    } catch (error) {
      return this.trustWith({ artefact: 'update', verdict: 'invalid', codes: [codeOf(error, 'policy_invalid')] });
    }
    const update = { json: JSON.stringify(given), now: seamClock(now ?? clock()) };
    try {
      const trust = this.ask((engine) => engine.update(update.json, update.now));
      // the same artefacts again change nothing but the time at which they were good
      const before = this.updates.findIndex((earlier) => earlier.json === update.json);
      if (before >= 0 && before === this.updates.length - 1) this.updates.pop();
      this.updates.push(update);
      if (this.updates.length > UPDATES) this.updates.shift();
      return trust;
    } catch (error) {
      return this.trustWith({ artefact: 'update', verdict: 'indeterminate', codes: [error instanceof EidError ? error.code : 'internal_error'] });
    }
  }

  trust() {
    return this.ask((engine) => engine.trust());
  }

  trustWith(line) {
    try {
      return [line, ...this.trust()]; // as the engine tells them: the last update first
    } catch {
      return [line];
    }
  }

  free() {
    const { engine, cell } = this;
    this.freed = true;
    this.engine = undefined;
    this.cell = undefined;
    this.updates = [];
    if (engine === undefined || cell.dead) return;
    try {
      engine.free();
    } catch {
      this.host.trapped(cell);
    }
  }
}

/** The inputs, if all of them are texts that may cross together. */
function textsOf(inputs) {
  try {
    return inputs.every((input) => typeof input === 'string') ? inputs.map((input) => readInput(input).text) : undefined;
  } catch {
    return undefined;
  }
}

function batchFrom(inputs, from) {
  let to = from;
  let characters = 0;
  while (to < inputs.length && to - from < BATCH) {
    characters += typeof inputs[to] === 'string' ? inputs[to].length : 0;
    if (to > from && characters > BATCH_CHARACTERS) break;
    to++;
  }
  return inputs.slice(from, to);
}
