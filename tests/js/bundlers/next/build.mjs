// Next.js imports "use client" code on the server too, where it must do no harm; it builds in a process of its own.
import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { promisify } from 'node:util';

export default async ({ fixture, modules, out }) => {
  await promisify(execFile)(process.execPath, [`${modules}/next/dist/bin/next`, 'build', fixture], { env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' } });
  cpSync(`${fixture}/.next/out`, out, { recursive: true });
};
