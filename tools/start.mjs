// `npm start [-- --port N]`: set up, build, serve the page. `PORT=N` works too.
import { build, sizes } from "./build.mjs";
import { docs } from "./docs.mjs";
import { elapsed, main, note, Stop } from "./say.mjs";
import { serve, warm } from "./serve.mjs";
import { stamp } from "./stamp.mjs";

const DEFAULT_PORT = 8080;

function port() {
  const flag = process.argv.indexOf("--port");
  const wish = flag > 0 ? process.argv[flag + 1] : process.env.PORT;
  if (wish === undefined || wish === "") return { port: DEFAULT_PORT, chosen: false };
  if (!/^\d{1,5}$/.test(wish) || Number(wish) > 65535) throw new Stop(`"${wish}" is no port: a number from 0 (any free one) to 65535 is.`);
  return { port: Number(wish), chosen: true };
}

await main(async () => {
  const wish = port();
  const { built } = await build();
  if (built) note(sizes());
  await stamp();
  warm();
  const server = await serve(wish).catch((error) => {
    if (wish.chosen || !error.message.includes("in use")) throw error;
    note(`  port ${wish.port} is in use: taking a free one`);
    return serve({ port: 0 });
  });
  note(`ready in ${elapsed()}; Ctrl-C stops it`);
  process.stdout.write(`\n  ${server.url}\n\n`);
  docs().then(() => note(`  the reference of the package: ${server.url}docs/`), (error) => note(`  without a reference at /docs/: ${error.message}`));
  const stop = () => server.close().then(() => process.exit(0));
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
});
