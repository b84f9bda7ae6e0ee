// The matrix of what was tried: each test notes its line, `npm run doors` prints them and holds them against the README of the package.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WORK } from '../../tools/doors.mjs';

const FILE = join(WORK, 'matrix.jsonl');

export function note(table, name, told) {
  mkdirSync(WORK, { recursive: true });
  appendFileSync(FILE, `${JSON.stringify({ table, name, told })}\n`);
}

/** Forgets the last run. */
export const clear = () => rmSync(FILE, { force: true });

/** `{ table: [[name, told], …] }`, in the order of the alphabet. */
export function read() {
  const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];
  const tables = {};
  for (const { table, name, told } of lines) (tables[table] ??= new Map()).set(name, told);
  return Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, [...rows].sort()]));
}

/** The same for people: one line for each, in columns. */
export function table() {
  const rows = Object.values(read()).flat();
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, told]) => `  ${name.padEnd(width)}  ${told}`).join('\n');
}
