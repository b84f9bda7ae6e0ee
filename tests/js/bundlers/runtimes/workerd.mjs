// workerd (Cloudflare Workers): `workerd test` runs the handler `test`. The catalogue comes along as a module of text.
import * as full from 'eid-verifier';
import * as compat from 'eid-verifier/compat';
import * as core from 'eid-verifier/core';
import * as inline from 'eid-verifier/inline';
import catalogue from 'catalogue';
import { every } from './every.mjs';

export default {
  async test() {
    console.log(JSON.stringify({ told: await every({ full, core, inline, compat }, JSON.parse(catalogue)) }));
  },
};
