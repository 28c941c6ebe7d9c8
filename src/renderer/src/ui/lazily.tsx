import { lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react';

const waiting: (() => Promise<unknown>)[] = [];

/**
 * A component whose code is read after the first frame: once `loadWhenIdle` has come to it, it renders at once, and the focus and
 * what is typed find it there. Who is faster sees `meanwhile`.
 */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile: ReactNode = null): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  let loading: Promise<ComponentType<P>> | undefined;
  const once = (): Promise<ComponentType<P>> => (loading ??= load().then((component) => (loaded = component)));
  const Late = lazy(async () => ({ default: await once() }));
  waiting.push(once);
  return function Lazily(props: P): ReactNode {
    // One and the same for as long as it is on the screen: another type of component would begin anew.
    const [{ Shown }] = useState(() => ({ Shown: loaded ?? Late }));
    return (
      <Suspense fallback={meanwhile}>
        <Shown {...props} />
      </Suspense>
    );
  };
}

/** Reads what `lazily` put off, the last named first, whenever the page has nothing to do. */
export function loadWhenIdle(): void {
  const next = waiting.pop();
  if (!next) return;
  requestIdleCallback(
    () => {
      // What cannot be read is asked for again, and said, where it is to be shown.
      next()
        .catch(() => {})
        .finally(loadWhenIdle);
    },
    { timeout: 1000 },
  );
}
