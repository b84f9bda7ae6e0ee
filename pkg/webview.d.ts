import type { Inspection, MrzReading, Report } from './index.js';

/** What an app sends, as JSON text. */
export interface BridgeRequest {
  v: 1;
  id: string | number;
  kind: 'verify' | 'inspect' | 'mrz';
  input: unknown;
  options?: unknown;
}

/** What it gets back, as JSON text. */
export type BridgeAnswer =
  | { v: 1; id: string | number; report: Report | Inspection | MrzReading }
  | { v: 1; id: string | number | null; error: string };

/** The page's side of the bridge. */
export interface Bridge {
  /** Answers one request, text for text. Never throws. */
  answer(text: string): string;
  /** Answers `message` events, only for the origins named; returns a function that stops it. */
  listen(target: EventTarget, how?: { origins?: string[]; reply?(text: string, event: MessageEvent): void }): () => void;
}

/**
 * A bridge between a page and the app around it.
 *
 * @example
 * const bridge = createBridge(verifier, { readMrz });
 * globalThis.eidAnswer = bridge.answer;                                        // iOS: callAsyncJavaScript
 * bridge.listen(window, { origins: ['https://app.example'] });                 // an embedding page
 */
export function createBridge(
  verifier: { verify(input: any, options?: any): Report },
  also?: { inspect?(input: any): Inspection; readMrz?(text: any, options?: any): MrzReading; maxCharacters?: number },
): Bridge;
