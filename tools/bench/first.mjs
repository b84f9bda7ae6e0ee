// The peer's way from import to a first verdict, in a bundle of its own: nothing of the other contenders is loaded with it.
import { sdJwtWeb } from "./peers.mjs";

export async function firstOfPeer(cases) {
  const verify = await sdJwtWeb(cases);
  return verify(cases.sdJwt.find((each) => each.count === 12 && each.kind === "none").good, false);
}
