import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { copyText } from '../../api/copy.ts';
import { useSettings } from '../../api/settings.ts';
import { count, exactTime, hueOf, shorten, timeText } from '../../ui/format.ts';
import { showToast } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { keyOf, neighbourOf, type ChainLayout, type ChainNode } from './chain-layout.ts';
import styles from './chain-picture.module.css';

const WIDTH = 204;
const HEIGHT = 62;
const GAP_X = 44;
const GAP_Y = 16;
const MARGIN = 20;

interface Place {
  readonly topic: string;
  readonly version: number;
}

interface ChainPictureProps {
  readonly layout: ChainLayout;
  readonly chosen: Place;
  /** Everything has been looked at: what is not here is not there. */
  readonly isDone: boolean;
  readonly onOpen: (event: Place) => void;
}

const left = ({ column }: ChainNode): number => MARGIN + column * (WIDTH + GAP_X);
const top = ({ row }: ChainNode): number => MARGIN + row * (HEIGHT + GAP_Y);

/** Causes on the left, what they caused on their right. Arrows go along causes, effects and siblings; Enter opens an event. */
export function ChainPicture({ layout, chosen, isDone, onOpen }: ChainPictureProps): ReactNode {
  // Asked once for all: there may be hundreds of nodes.
  const { times } = useSettings();
  const now = useNow();
  const chosenKey = keyOf(chosen);
  const [active, setActive] = useState(chosenKey);
  const scroller = useRef<HTMLDivElement>(null);
  const { nodes } = layout;
  const current = nodes.find(({ key }) => key === active) ?? nodes[0];

  // Whoever comes here comes to the event that was asked about, from wherever the focus was kept meanwhile; who is at work in
  // this view, or writes, stays where they are.
  useEffect(() => {
    const { activeElement } = document;
    const isHere = scroller.current?.closest('section')?.contains(activeElement) === true && !activeElement?.matches('[data-first]');
    const isWriting = activeElement?.closest('[role=dialog], [role=alertdialog], input, textarea, [contenteditable=true]') != null;
    if (!isHere && !isWriting) focusNode(scroller.current, chosenKey);
  }, [chosenKey]);
  useLayoutEffect(() => {
    nodeElement(scroller.current, chosenKey)?.scrollIntoView({ block: 'center', inline: 'center' });
  }, [chosenKey]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = neighbourOf(layout, current, event.key);
    if (to === current && !/^(?:Arrow|Home|End)/.test(event.key)) return;
    setActive(to.key);
    focusNode(scroller.current, to.key);
    event.preventDefault();
  };

  return (
    <div ref={scroller} className={styles['scroller']} onPointerDown={drag}>
      <div
        role="group"
        aria-label="Events by cause"
        className={styles['ground']}
        style={{
          width: 2 * MARGIN + layout.columns * (WIDTH + GAP_X) - GAP_X,
          height: 2 * MARGIN + layout.rows * (HEIGHT + GAP_Y) - GAP_Y,
        }}
        onKeyDown={onKeyDown}
      >
        <svg className={styles['lines']} aria-hidden>
          {nodes.map((node) => (node.parent ? <path key={node.key} d={lineOf(node.parent, node)} /> : null))}
        </svg>
        {nodes.map((node) => (
          <NodeButton
            key={node.key}
            node={node}
            isChosen={node.key === chosenKey}
            isActive={node === current}
            isDone={isDone}
            timeOf={(timestamp) => timeText(timestamp, times, now)}
            onFocus={() => setActive(node.key)}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  );
}

interface NodeButtonProps {
  readonly node: ChainNode;
  readonly isChosen: boolean;
  readonly isActive: boolean;
  readonly isDone: boolean;
  readonly timeOf: (timestamp: bigint) => string;
  readonly onFocus: () => void;
  readonly onOpen: (event: Place) => void;
}

function NodeButton({ node, isChosen, isActive, isDone, timeOf, onFocus, onOpen }: NodeButtonProps): ReactNode {
  const { event } = node;
  const common = {
    type: 'button' as const,
    'data-node': node.key,
    tabIndex: isActive ? 0 : -1,
    style: { left: left(node), top: top(node), width: WIDTH, height: HEIGHT },
    onFocus,
  };
  if (!event) {
    const id = node.missingId ?? '';
    const copy = (): void => copyText(id, () => showToast({ title: 'The id of the missing cause is copied' }));
    return (
      <button {...common} className={`${styles['node']} ${styles['missing']}`} onClick={copy} title={id.slice(0, 1000)}>
        <span className={styles['type']}>{isDone ? 'Cause not found in this store' : 'Cause not found yet'}</span>
        <span className={`${styles['line']} mono`}>{visibleText(shorten(id, 24))}</span>
        <span className={styles['line']}>copies its id</span>
      </button>
    );
  }
  return (
    <button
      {...common}
      className={`${styles['node']} ${isChosen ? styles['chosen'] : ''}`}
      aria-current={isChosen}
      title={`${exactTime(event.timestamp)}\n${shorten(event.id, 200)}`}
      onClick={() => onOpen(event)}
    >
      <span className={styles['tick']} style={{ background: `var(--hue-${hueOf(event.topic)})` }} aria-hidden />
      <span className={styles['type']}>{event.type === '' ? <em>no type</em> : visibleText(event.type.slice(0, 100))}</span>
      <span className={styles['line']}>
        {visibleText(shorten(event.topic, 40))} {count(event.version)}
        {isChosen ? <span className="visually-hidden">, the chosen event</span> : null}
      </span>
      <span className={`${styles['line']} mono`}>
        {node.cut === null ? null : <span className={styles['cut']}>{node.cut === 'itself' ? 'names itself' : 'causes go round'} </span>}
        {timeOf(event.timestamp)}
      </span>
    </button>
  );
}

/** From the right edge of a cause to the left edge of its effect. */
function lineOf(from: ChainNode, to: ChainNode): string {
  const [x1, y1] = [left(from) + WIDTH, top(from) + HEIGHT / 2];
  const [x2, y2] = [left(to), top(to) + HEIGHT / 2];
  const middle = x1 + GAP_X / 2;
  return y1 === y2 ? `M${x1} ${y1}H${x2 - 5}m-4 -4l4 4l-4 4` : `M${x1} ${y1}H${middle}V${y2}H${x2 - 5}m-4 -4l4 4l-4 4`;
}

function nodeElement(scroller: HTMLElement | null, key: string): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-node="${CSS.escape(key)}"]`) ?? null;
}

function focusNode(scroller: HTMLElement | null, key: string): void {
  const element = nodeElement(scroller, key);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Moves the picture with the pointer while its ground is held. */
function drag(event: PointerEvent<HTMLDivElement>): void {
  const scroller = event.currentTarget;
  if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return;
  const [x, y] = [event.clientX + scroller.scrollLeft, event.clientY + scroller.scrollTop];
  const move = (to: globalThis.PointerEvent): void => {
    scroller.scrollLeft = x - to.clientX;
    scroller.scrollTop = y - to.clientY;
  };
  const controller = new AbortController();
  addEventListener('pointermove', move, { signal: controller.signal });
  addEventListener('pointerup', () => controller.abort(), { signal: controller.signal });
  addEventListener('pointercancel', () => controller.abort(), { signal: controller.signal });
}
