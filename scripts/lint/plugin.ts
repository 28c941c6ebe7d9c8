import { importRule } from './import-rule.ts';
import { markupRule } from './markup-rule.ts';
import { onePlaceRule } from './one-place-rule.ts';

/** The house rules, as a plugin of oxlint. */
export default {
  meta: { name: 'tidemark' },
  rules: { imports: importRule, markup: markupRule, 'one-place': onePlaceRule },
};
