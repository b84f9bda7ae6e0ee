import init, { Verifier } from 'eid-verifier/inline';

async function main() {
  const { config, good, bad, now } = await (await fetch('/case.json')).json();
  await init();
  const verifier = new Verifier(config);
  return [good, bad].map((token) => verifier.verify(token, { now }).verdict).join(' ');
}

main().then((told) => (document.title = told), (error) => (document.title = `${error.code} ${error.message}`));
