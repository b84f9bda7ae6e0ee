// What runs the groups, in the page and in Node: one group at a time, so that whoever asks can tell how far it is.
import { measure } from "./measure.mjs";
import { plan } from "./groups.mjs";

export function start(cases, doors, Raw, how) {
  const groups = plan(cases, doors, Raw);
  return { count: groups.length, run: async (index) => measure(await groups[index](), how) };
}

/** The peer's way from import to a first verdict; its import is the one of this module. */
export async function firstOfPeer(cases) {
  const { sdJwtWeb } = await import("./peers.mjs");
  const verify = await sdJwtWeb(cases);
  return verify(cases.sdJwt.find((each) => each.count === 12 && each.kind === "none").good, false);
}
