// The page's list of files with their hashes (www/stamp.mjs writes it): made again after every build, since the service worker serves what it names.
import { existsSync } from "node:fs";
import { at, must } from "./run.mjs";

export async function stamp() {
  const script = at("www", "stamp.mjs");
  if (existsSync(script)) await must("The page's list of files could not be written.", process.execPath, [script]);
}
