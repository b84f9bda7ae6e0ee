'use client';
import { useEffect, useState } from 'react';
import init, { Verifier } from 'eid-verifier';

export default function Page() {
  const [told, tell] = useState('');
  useEffect(() => {
    const main = async () => {
      const { config, good, bad, now } = await (await fetch('/case.json')).json();
      await init();
      const verifier = new Verifier(config);
      return [good, bad].map((token) => verifier.verify(token, { now }).verdict).join(' ');
    };
    main().then(tell, (error) => tell(`${error.code} ${error.message}`));
  }, []);
  return <title>{told}</title>;
}
