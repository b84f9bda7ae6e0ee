import type { Language } from './index.js';

/** One thing, said to three people. */
export interface Voices {
  /** To the holder. */
  holder: string;
  /** For the officer at the counter. */
  officer: string;
  /** For the developer. */
  developer: string;
}

/**
 * The law's sentences: grounds by their code, states as `account.…` and `document.…`, codes of the report by their code.
 *
 * @example
 * voices.PASSPORT_EXPIRED.vi.holder;
 */
export const voices: Readonly<Record<string, Readonly<Record<Language, Voices>>>>;

/**
 * One sentence for every ground, state and code; undefined for a key that is none of them. Codes that the law has no words for speak to the holder by families
 * (what to do), to the officer with their message, to the developer with their name too.
 *
 * @example
 * voiceFor('account.locked', 'vi', 'officer');
 */
export function voiceFor(key: string, language?: Language, voice?: keyof Voices): string | undefined;
