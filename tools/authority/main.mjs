// `npm run authority [-- FOLDER]`
// With a folder: a test authority of your own stands there (keys, config, lists, credentials). Without: this repository's samples and vectors are made again.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { attackFiles, sections } from "./attacks/index.mjs";
import { kitFiles } from "./kit.mjs";
import { mustFiles } from "./musts.mjs";
import { listFiles, sampleFiles } from "./samples.mjs";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** Every file the kit keeps in the repository: path from the root → text. */
export function repositoryFiles() {
  const made = sections();
  return { ...under("www/samples", sampleFiles()), ...under("www/lists", listFiles()), ...under("tests/vectors/attacks", attackFiles(made)), ...under("tests/vectors/sd-jwt", mustFiles(made)) };
}

const under = (folder, files) => Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

function write(root, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  console.log(`${Object.keys(files).length} files written`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (folder?.startsWith("-")) {
    console.error("usage: npm run authority [-- FOLDER]");
    process.exit(2);
  }
  if (folder === undefined) write(REPOSITORY, repositoryFiles());
  else write(folder, kitFiles());
}
