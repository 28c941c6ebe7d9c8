/** A topic's newest version at a time in milliseconds. */
export interface Sample {
  readonly at: number;
  readonly latest: number;
}

/** Events a second from the first of the samples to the last, oldest first; 0 where one alone says nothing. */
export function rateOf(samples: readonly Sample[]): number {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at <= first.at) return 0;
  return ((last.latest - first.latest) * 1000) / (last.at - first.at);
}
