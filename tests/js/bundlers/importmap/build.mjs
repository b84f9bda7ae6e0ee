// No bundler: the files as they were published, and the page as it was written.
import { cpSync } from 'node:fs';

export default ({ app, fixture, modules, out }) => {
  cpSync(`${modules}/eid-verifier`, `${out}/node_modules/eid-verifier`, { recursive: true });
  cpSync(`${app}/main.js`, `${out}/main.js`);
  cpSync(`${fixture}/index.html`, `${out}/index.html`);
};
