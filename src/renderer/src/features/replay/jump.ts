import { count } from '../../ui/format.ts';
import { momentText, parseMoment, type Zone } from '../../ui/moment.ts';
import type { JumpAnswer } from '../../ui/timeline-jump.tsx';
import { stepAt, stepAtTime, type Steps } from './steps.ts';

const FORMS = '17, #17, 2026-03-04, 2026-03-04 10:20:30.5 or now-1h';

/** Reads a version, or a time: the state at that time is that of the last change not after it. */
export function readJump(
  typed: string,
  steps: Steps,
  { last, zone, now }: { readonly last: number; readonly zone: Zone; readonly now: number },
): JumpAnswer {
  const text = typed.trim();
  if (/^#?\s*\d[\d,\s_]*$/.test(text)) {
    const version = Number(text.replaceAll(/[#,\s_]/g, ''));
    if (version > last) return { fault: `Versions go from 0 to ${count(last)}.` };
    return answer(steps, stepAt(steps, version), `the topics at version ${count(version)}`);
  }
  const moment = parseMoment(text, zone, now);
  if (moment === null) return { fault: `Not understood. Type ${FORMS}.` };
  if ('fault' in moment) return { fault: moment.fault };
  return answer(steps, stepAtTime(steps, moment.at), `the topics at ${momentText(moment.at, moment.zone)}`);
}

function answer(steps: Steps, step: number, meant: string): JumpAnswer {
  const version = steps.versions[step] ?? 0;
  return { step, says: step === 0 ? `Before the first change that is listed: ${meant}` : `Version ${count(version)}: ${meant}` };
}
