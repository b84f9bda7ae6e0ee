// Node, Deno and Bun: the package by its name, the catalogue from disk, the answer on standard output.
import { readFileSync, readdirSync } from 'node:fs';
import process from 'node:process';
import * as full from 'eid-verifier';
import * as compat from 'eid-verifier/compat';
import * as core from 'eid-verifier/core';
import * as inline from 'eid-verifier/inline';
import { createPool } from 'eid-verifier/worker';
import { every, pooled } from './every.mjs';

const folder = new URL('../../../vectors/attacks/', import.meta.url);
const names = readdirSync(folder).filter((name) => /^[a-j]\.json$/.test(name)).sort();
const sections = names.map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
const [, , file, thin] = process.argv;
const told = await every({ full, core, inline, compat }, { sections, thin: Number(thin) });
const pool = await pooled({ createPool }, JSON.parse(readFileSync(file, 'utf8')));
console.log(JSON.stringify({ told, pool }));
