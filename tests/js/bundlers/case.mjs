// What every fixture is asked: one good and one bad credential. The page fetches it as /case.json, so that no bundle has it inside.
import { configFor, credential, newKey, NOW } from '../issuer.mjs';

const key = newKey();
const good = credential(key);
/** The same with one letter of the signature changed. */
const [jwt, ...rest] = good.split('~');
const at = jwt.length - 10;
const bad = [jwt.slice(0, at) + (jwt[at] === 'A' ? 'B' : 'A') + jwt.slice(at + 1), ...rest].join('~');

export const CASE = { config: configFor(key), good, bad, now: NOW };
/** What every fixture answers: the door itself, then its pool of workers, where the fixture has one. */
export const ANSWER = 'valid invalid';
