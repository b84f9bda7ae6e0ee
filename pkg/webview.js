// A bridge for pages inside an app: the app sends text, the page answers with text. One schema for Android, iOS, React
// Native and Flutter:
//   request  {"v":1,"id":…,"kind":"verify"|"inspect"|"mrz","input":…,"options":…}
//   answer   {"v":1,"id":…,"report":…}  or  {"v":1,"id":…,"error":code}
// The answer informs; whoever relies on a verdict computes it again where he trusts the machine.
import { EidError } from './errors.js';

/** A token of 64 KiB, its options with status lists, and JSON around them. */
const MAX_CHARACTERS = 4 * 1024 * 1024;
const FIELDS = ['v', 'id', 'kind', 'input', 'options'];

/**
 * @param {{ verify(input: unknown, options?: object): object }} verifier
 * @param {{ inspect?(input: unknown): object, readMrz?(text: string, options?: object): object, maxCharacters?: number }} [also]
 */
export function createBridge(verifier, also = {}) {
  const { inspect, readMrz, maxCharacters = MAX_CHARACTERS } = also;

  /** Answers one request: text in, text out. Never throws, never repeats the input. */
  function answer(text) {
    let id = null;
    const refuse = (error) => JSON.stringify({ v: 1, id, error });
    try {
      if (typeof text !== 'string') return refuse('input_type_invalid');
      if (text.length > maxCharacters) return refuse('input_too_large');
      let request;
      try {
        request = JSON.parse(text);
      } catch {
        return refuse('json_invalid');
      }
      if (typeof request !== 'object' || request === null || Array.isArray(request)) return refuse('structure_invalid');
      if ((typeof request.id === 'string' && request.id.length <= 64) || Number.isSafeInteger(request.id)) id = request.id;
      if (request.v !== 1 || id === null || Object.keys(request).some((name) => !FIELDS.includes(name))) return refuse('structure_invalid');
      const { kind, input, options } = request;
      // a null that JSON made of something that got lost is never taken for "not asked"
      const given = Object.prototype.hasOwnProperty.call(request, 'options') ? options : undefined;
      let report;
      if (kind === 'verify') report = verifier.verify(input, given);
      else if (kind === 'inspect' && inspect) report = inspect(input);
      else if (kind === 'mrz' && readMrz) report = readMrz(input, given);
      else return refuse('structure_invalid');
      return JSON.stringify({ v: 1, id, report });
    } catch {
      return refuse('internal_error');
    }
  }

  /**
   * Answers `message` events of a window, port or injected object, to the sender only, and only for the origins named.
   * A MessagePort carries no origin: whoever holds it was given it.
   * @param {EventTarget} target
   * @param {{ origins?: string[], reply?(text: string, event: MessageEvent): void }} [how]
   * @returns {() => void} stops listening
   */
  function listen(target, { origins, reply } = {}) {
    const port = typeof MessagePort === 'function' && target instanceof MessagePort;
    if (!port && (!Array.isArray(origins) || origins.length === 0 || origins.includes('*'))) {
      throw new EidError('policy_invalid', 'listen() needs the origins that may ask, each by name.');
    }
    const heard = (event) => {
      if (!port && !origins.includes(event.origin)) return;
      if (typeof event.data !== 'string') return;
      const text = answer(event.data);
      if (reply) reply(text, event);
      else if (port) target.postMessage(text);
      else event.source?.postMessage(text, { targetOrigin: event.origin });
    };
    target.addEventListener('message', heard);
    if (port) target.start();
    return () => target.removeEventListener('message', heard);
  }

  return { answer, listen };
}
