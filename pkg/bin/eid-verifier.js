#!/usr/bin/env node
// The command line of eid-verifier. Exit: 0 valid, 1 invalid, 3 indeterminate, 2 wrong usage.
import { createReadStream, readFileSync, realpathSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { checkNames, messageFor } from '../messages.js';
import { EidError, Verifier, inspect, readMrz, version } from '../node.js';

const EXIT = { valid: 0, invalid: 1, indeterminate: 3 };
const USAGE = 2;
const BATCH = 256;
/** A file is read whole up to this size; a token has 64 KiB, a status list up to 24 MiB. */
const MAX_FILE = 32 * 1024 * 1024;

const HELP = `eid-verifier ${version}: verifies signed electronic identities offline

  eid-verifier verify  FILE… --trust FILE [options]   credentials, one in each file ("-": standard input)
  eid-verifier inspect FILE…                          shows what is inside and believes nothing
  eid-verifier mrz     FILE…                          reads machine-readable lines
  eid-verifier chip    FILE… --csca FILE [options]    one chip: EF.SOD and the data groups, told apart by their tags
  eid-verifier status  FILE… --trust FILE             checks status lists, account states and trust lists

Trust (may be repeated, at least one for verify and status)
  --trust FILE          a configuration {"trust", "policy", …}, its trust part alone, a list of issuers, or a signed
                        trust list (then with --anchor)
  --anchor FILE         JWK, or JWK Set, that may sign trust lists
  --csca FILE           CSCA certificate or its revocation list (DER)
  --master-list FILE    ICAO master list (CMS)

What is asked
  --level 1|2  --law ND59-2022|ND69-2024  --policy JSON|FILE
  --nonce TEXT  --audience TEXT  --purpose TEXT  --origin TEXT  --mrz TEXT|FILE
  --status-list FILE  --account-state FILE            signed artefacts for this call
  --credential FILE  --challenge HEX  --response FILE  beside a chip: a credential; your challenge and the chip's answer
  --now TIME            RFC 3339 or seconds; default: the clock

Output
  --json                one line of JSON for each input
  --lines               every line of every file is a credential of its own (streamed)
  --claims              shows the holder's data too
  --language vi|en      default: vi
  --no-color            no colours (they are only used on a terminal)

Exit: 0 all valid, 1 one is invalid, 3 one could not be decided, 2 wrong usage.
`;

class Misuse extends Error {}

const VALUES = [
  'trust', 'anchor', 'csca', 'master-list', 'level', 'law', 'policy', 'nonce', 'audience', 'purpose', 'origin', 'mrz',
  'status-list', 'account-state', 'now', 'language', 'credential', 'challenge', 'response',
]; // prettier-ignore
const SWITCHES = ['json', 'lines', 'claims', 'no-color', 'help', 'version'];
const REPEATED = ['trust', 'anchor', 'csca', 'master-list', 'status-list', 'account-state'];

function readArguments(words) {
  const files = [];
  const options = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '-h') options.help = true;
    else if (word === '--') {
      files.push(...words.slice(i + 1));
      break;
    } else if (!word.startsWith('--')) files.push(word);
    else {
      const cut = word.indexOf('=');
      const name = word.slice(2, cut < 0 ? undefined : cut);
      if (SWITCHES.includes(name) && cut < 0) options[name] = true;
      else if (VALUES.includes(name)) {
        const value = cut < 0 ? words[++i] : word.slice(cut + 1);
        if (value === undefined) throw new Misuse(`--${name} needs a value.`);
        if (REPEATED.includes(name)) (options[name] ??= []).push(value);
        else if (name in options) throw new Misuse(`--${name} is given twice.`);
        else options[name] = value;
      } else throw new Misuse(`Unknown option ${word}: see eid-verifier --help.`);
    }
  }
  return { files, options };
}

function bytesOf(file) {
  try {
    const bytes = readFileSync(file === '-' ? 0 : file);
    if (bytes.length > MAX_FILE) throw new Misuse(`${file} is larger than any input may be.`);
    return bytes;
  } catch (error) {
    if (error instanceof Misuse) throw error;
    throw new Misuse(`${file} cannot be read: ${error.code ?? 'unknown reason'}.`);
  }
}

/** Text without the line end that editors leave; bytes where it is no text. */
function inputOf(bytes) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!/[\u0000-\u0008\u000e-\u001f]/.test(text)) return text.replace(/\r?\n$/, '');
  } catch {
    // CBOR, DER
  }
  return new Uint8Array(bytes);
}

const textOf = (file) => {
  const input = inputOf(bytesOf(file));
  if (typeof input !== 'string') throw new Misuse(`${file} is not text.`);
  return input;
};

function jsonOf(file) {
  try {
    return JSON.parse(textOf(file));
  } catch (error) {
    if (error instanceof Misuse) throw error;
    throw new Misuse(`${file} is not JSON.`);
  }
}

function instantOf(text) {
  if (/^-?\d{1,12}$/.test(text)) return Number(text);
  const date = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(date.getTime())) throw new Misuse(`--now ${text} is neither RFC 3339 nor seconds.`);
  return date;
}

function configOf(options) {
  const config = { trust: {} };
  const { trust } = config;
  const add = (name, values) => {
    if (values.length > 0) trust[name] = [...(trust[name] ?? []), ...values];
  };
  for (const file of options.trust ?? []) {
    const text = textOf(file);
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      value = undefined;
    }
    if (value === undefined || (typeof value.payload === 'string' && Array.isArray(value.signatures))) add('lists', [text]);
    else if (Array.isArray(value)) add('issuers', value);
    else if (value.trust !== undefined || value.policy !== undefined) {
      const { trust: part = {}, ...rest } = value;
      Object.assign(config, rest);
      mergeTrust(trust, part);
    } else mergeTrust(trust, value);
  }
  for (const file of options.anchor ?? []) {
    const value = jsonOf(file);
    add('anchors', Array.isArray(value) ? value : Array.isArray(value.keys) ? value.keys : [value]);
  }
  add('csca', (options.csca ?? []).map((file) => new Uint8Array(bytesOf(file))));
  add('masterLists', (options['master-list'] ?? []).map((file) => new Uint8Array(bytesOf(file))));
  if (options.policy !== undefined) {
    let policy;
    try {
      policy = JSON.parse(options.policy);
    } catch {
      policy = jsonOf(options.policy);
    }
    config.policy = { ...config.policy, ...policy };
  }
  if (options.level !== undefined) config.policy = { ...config.policy, minLevel: Number(options.level) };
  if (options.law !== undefined) config.policy = { ...config.policy, law: options.law };
  if (options.language !== undefined) config.language = options.language;
  return config;
}

function mergeTrust(trust, part) {
  for (const [name, value] of Object.entries(part)) {
    if (Array.isArray(value)) trust[name] = [...(trust[name] ?? []), ...value];
    else trust[name] = value;
  }
}

function callOptionsOf(options) {
  const out = {};
  for (const name of ['nonce', 'audience', 'purpose', 'origin']) if (options[name] !== undefined) out[name] = options[name];
  if (options.now !== undefined) out.now = instantOf(options.now);
  if (options['status-list']) out.statusLists = options['status-list'].map((file) => inputOf(bytesOf(file))); // JWT as text, CWT as bytes
  if (options['account-state']) out.accountStates = options['account-state'].map(textOf);
  if (options.mrz !== undefined) out.mrz = /[<\n]/.test(options.mrz) ? options.mrz : textOf(options.mrz);
  return out;
}

/** First byte of EF.SOD and of the files of the data groups 1 to 16 (ICAO 9303-10 §4.6). */
const SOD_TAG = 0x77;
const GROUP_TAGS = [0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70];

/** The input of a chip whose files were read one by one. */
function chipOf(files, options) {
  const input = { dataGroups: {} };
  for (const file of files) {
    const bytes = new Uint8Array(bytesOf(file));
    const group = GROUP_TAGS.indexOf(bytes[0]) + 1;
    if (bytes[0] !== SOD_TAG && group === 0) throw new Misuse(`${file} is neither EF.SOD nor a data group.`);
    if (group === 0 ? input.sod : input.dataGroups[group]) throw new Misuse(`${file} is the second of its kind: one chip at a time.`);
    if (group === 0) input.sod = bytes;
    else input.dataGroups[group] = bytes;
  }
  if (options.credential !== undefined) input.credential = textOf(options.credential);
  if ((options.challenge === undefined) !== (options.response === undefined)) throw new Misuse('--challenge and --response go together.');
  if (options.challenge !== undefined) {
    if (!/^[0-9a-f]{16}$/i.test(options.challenge)) throw new Misuse('--challenge takes 16 hexadecimal digits.');
    input.activeAuthentication = { challenge: Uint8Array.from(Buffer.from(options.challenge, 'hex')), response: new Uint8Array(bytesOf(options.response)) };
  }
  return input;
}

/** Claims come from strangers: nothing of them may steer the terminal. */
const shown = (value) => JSON.stringify(value).replace(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

function makePrinter(options, out) {
  const colours = out.isTTY && !options['no-color'] && process.env.NO_COLOR === undefined;
  const paint = (code, text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  const words = {
    vi: { valid: 'HỢP LỆ', invalid: 'KHÔNG HỢP LỆ', indeterminate: 'CHƯA XÁC ĐỊNH', level: 'mức độ', until: 'đúng đến' },
    en: { valid: 'VALID', invalid: 'INVALID', indeterminate: 'INDETERMINATE', level: 'level', until: 'holds until' },
  };
  const language = options.language === 'en' ? 'en' : 'vi';
  const colour = { valid: 32, invalid: 31, indeterminate: 33 };
  const mark = { pass: paint(32, '✓'), fail: paint(31, '✗'), unknown: paint(33, '?'), skip: '–' };
  const line = (text) => out.write(`${text}\n`);
  return {
    json: (value) => line(shown(value)),
    report(name, report) {
      const { holder } = report;
      const facts = [report.format, holder?.kind, holder?.level && `${words[language].level} ${holder.level}`, report.validUntil && `${words[language].until} ${report.validUntil}`];
      line(`${paint(colour[report.verdict], words[language][report.verdict])}  ${name}  ${facts.filter(Boolean).join(' · ')}`);
      const reached = report.checks.filter((check) => check.code !== 'not_reached');
      for (const check of reached) {
        const text = check.code ? (messageFor(check.code, language) ?? '') : '';
        line(`  ${mark[check.outcome]} ${checkNames[language][check.check] ?? check.check}${check.code ? `: ${text} [${check.code}]` : ''}`);
      }
      if (reached.length < report.checks.length) line(`  ${mark.unknown} ${messageFor('not_reached', language)} (${report.checks.length - reached.length})`);
      if (options.claims && holder) for (const [claim, value] of Object.entries(holder.claims)) line(`    ${shown(claim)}: ${shown(value)}`);
    },
    line,
  };
}

const worse = (a, b) => (a === 1 || b === 1 ? 1 : Math.max(a, b));

async function* linesOf(file) {
  const stream = file === '-' ? process.stdin : createReadStream(file);
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  let failure;
  // a race of each line against one promise of failure would keep every line: the promise remembers all who wait for it
  stream.once('error', (error) => {
    failure = error;
    lines.close();
  });
  let number = 0;
  const each = lines[Symbol.asyncIterator]();
  for (;;) {
    const next = await each.next().catch((error) => {
      failure = error;
      return { done: true };
    });
    if (next.done) break;
    number++;
    if (next.value !== '') yield { name: `${file}:${number}`, input: next.value };
  }
  if (failure !== undefined) throw new Misuse(`${file} cannot be read: ${failure.code ?? 'unknown reason'}.`);
}

async function verifyLines(files, verifier, asked, tell) {
  for (const file of files) {
    let batch = [];
    const flush = async () => {
      const reports = verifier.verifyMany(batch.map((one) => one.input), asked);
      for (let i = 0; i < reports.length; i++) await tell(batch[i].name, reports[i]);
      batch = [];
    };
    for await (const one of linesOf(file)) {
      if (batch.push(one) === BATCH) await flush();
    }
    if (batch.length > 0) await flush();
  }
}

/** A pipe that is full is waited for, so that a million lines stay out of memory. */
const drained = (out) => (out.writableNeedDrain ? new Promise((resolve) => out.once('drain', resolve)) : undefined);

/**
 * @param {string[]} words @param {{ out?: NodeJS.WriteStream, err?: NodeJS.WriteStream }} [streams]
 * @returns {Promise<number>} the exit code
 */
export async function run(words, { out = process.stdout, err = process.stderr } = {}) {
  try {
    const { files: given, options } = readArguments(words);
    if (options.version) return out.write(`${version}\n`), 0;
    const [command, ...files] = given;
    if (options.help || command === undefined) return (options.help ? out : err).write(HELP), options.help ? 0 : USAGE;
    if (!['verify', 'inspect', 'mrz', 'chip', 'status'].includes(command)) throw new Misuse(`Unknown command ${command}: see eid-verifier --help.`);
    if (files.length === 0) throw new Misuse(`${command} needs at least one FILE ("-" for standard input).`);
    if (files.filter((file) => file === '-').length > 1) throw new Misuse('Standard input can be read once only.');
    if (options.language !== undefined && !['vi', 'en'].includes(options.language)) throw new Misuse('--language is vi or en.');
    if (['verify', 'chip', 'status'].includes(command) && !options.trust && !options.csca && !options['master-list']) throw new Misuse(`${command} needs --trust FILE: nothing is trusted by default.`);

    const print = makePrinter(options, out);
    let exit = 0;

    if (command === 'inspect') {
      for (const file of files) {
        const seen = inspect(inputOf(bytesOf(file)));
        print.json(seen);
        if (seen.codes?.length > 0) exit = 1;
      }
      return exit;
    }
    if (command === 'mrz') {
      for (const file of files) {
        const read = readMrz(textOf(file), { language: options.language, now: options.now === undefined ? undefined : instantOf(options.now) });
        if (options.json) print.json({ input: file, ...read });
        else {
          print.report(file, read.report);
          for (const { field, ok } of read.digits ?? []) print.line(`    ${ok ? '✓' : '✗'} ${field}`);
        }
        exit = worse(exit, EXIT[read.report.verdict]);
      }
      return exit;
    }

    const verifier = new Verifier(configOf(options));
    if (command === 'status') {
      const asked = options.now === undefined ? undefined : { now: instantOf(options.now) };
      for (const file of files) {
        const text = textOf(file);
        const before = verifier.trust.length;
        const kind = artefactKind(text);
        const lines = verifier.update({ [kind]: [text] }, asked);
        const told = lines.length > before ? lines.slice(before) : lines.slice(-1);
        for (const one of told) {
          if (options.json) print.json({ input: file, ...one });
          else print.line(`${one.verdict === 'valid' ? '✓' : one.verdict === 'invalid' ? '✗' : '?'} ${file}  ${one.artefact}  ${one.codes.map((code) => `${messageFor(code, options.language) ?? ''} [${code}]`).join(' ')}`);
          exit = worse(exit, EXIT[one.verdict]);
        }
      }
      return exit;
    }

    const asked = callOptionsOf(options);
    if (command === 'chip') {
      const { mrz, ...rest } = asked;
      const report = verifier.verify({ ...chipOf(files, options), ...(mrz !== undefined && { mrz }) }, rest);
      if (options.json) print.json({ input: files, ...report });
      else print.report(files[0], report);
      return EXIT[report.verdict];
    }
    let done = 0;
    const progress = !options.json && err.isTTY && (files.length > 20 || options.lines);
    const tell = async (name, report) => {
      exit = worse(exit, EXIT[report.verdict]);
      if (options.json) print.json({ input: name, ...report });
      else print.report(name, report);
      if (progress && ++done % 1000 === 0) err.write(`\r${done}`);
      await drained(out);
    };
    if (options.lines) await verifyLines(files, verifier, asked, tell);
    else for (const file of files) await tell(file, verifier.verify(inputOf(bytesOf(file)), asked));
    if (progress) err.write('\r');
    return exit;
  } catch (error) {
    if (error instanceof Misuse) return err.write(`eid-verifier: ${error.message}\n`), USAGE;
    if (error instanceof EidError) return err.write(`eid-verifier: ${error.message} [${error.code}]\n`), USAGE;
    throw error;
  }
}

/** Which slot of `update` a signed artefact belongs to, by the type that it claims. */
function artefactKind(text) {
  const header = inspect(text)?.header ?? {};
  if (text.trimStart().startsWith('{')) return 'trustLists';
  return header.typ === 'eid-account-state+jwt' ? 'accountStates' : 'statusLists';
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  process.exitCode = await run(process.argv.slice(2));
}
