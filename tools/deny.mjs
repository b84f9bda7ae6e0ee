// `npm run deny`: asks cargo-deny for advisories, bans, licences and sources by tests/deny.toml. What can be held offline the tests hold without it.
import { at, run, which } from "./run.mjs";
import { main, note, Stop } from "./say.mjs";

await main(async () => {
  const program = which("cargo-deny");
  if (!program) throw new Stop("cargo-deny is not on this machine: `cargo install cargo-deny --locked`, then again; bans, licences and sources are held by `npm test` meanwhile, advisories by nothing.");
  const done = await run(program, ["--config", at("tests", "deny.toml"), "check", ...process.argv.slice(2)], { live: true });
  if (done.ok) return 0;
  note("  advisories come from github.com/rustsec/advisory-db, which it fetches; `npm run deny -- bans licenses sources` asks for the rest without a network");
  return 1;
});
