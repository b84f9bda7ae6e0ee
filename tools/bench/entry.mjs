// What runs the groups, in the page and in Node: one group at a time, so that whoever asks can tell how far it is.
import { measure } from "./measure.mjs";
import { plan } from "./groups.mjs";

export function start(cases, doors, Raw, how) {
  const groups = plan(cases, doors, Raw);
  return { count: groups.length, run: async (index) => measure(await groups[index](), how) };
}
