// The recipes of the package's README, as a reader copies them: the fenced code, found by its language and by the words before it.
import { readFileSync } from 'node:fs';
import { at } from '../../tools/run.mjs';

const README = readFileSync(at('pkg', 'README.md'), 'utf8');

/** `[{ lead, language, code }]`: the paragraph before each block, and the block. */
export const RECIPES = [...README.matchAll(/(?:^|\n\n)([^\n`][^\n]*(?:\n[^\n`][^\n]*)*)\n\n```(\w+)\n([\s\S]*?)```/g)].map(([, lead, language, code]) => ({ lead, language, code }));

export function recipe(language, lead) {
  const found = RECIPES.filter((each) => each.language === language && each.lead.startsWith(lead));
  if (found.length !== 1) throw new Error(`pkg/README.md: ${found.length} recipes "${lead}" in ${language}, not one`);
  return found[0].code;
}
