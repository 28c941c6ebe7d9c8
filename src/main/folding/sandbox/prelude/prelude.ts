import { closeLanguage } from './close-language.ts';
import { lookAtState } from './look-at-state.ts';
import { runFolds } from './run-folds.ts';
import { tellThrown } from './tell-thrown.ts';
import { tieState } from './tie-state.ts';

/**
 * What QuickJS runs before the person's module. It gives an object of functions, through which the host gives and takes values
 * as bytes (binary-value.ts) and short texts only; nothing of the host is reachable from in there.
 */
export const PRELUDE = `(() => {
  'use strict';
  const exactNumber = (${closeLanguage.toString()})();
  const telling = (${tellThrown.toString()})();
  const tying = (${tieState.toString()})();
  const looking = (${lookAtState.toString()})(exactNumber, telling, tying);
  return (${runFolds.toString()})(exactNumber, telling, tying, looking);
})()`;
