import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './columns-dialog.module.css';
import { COLUMN_TITLES, shownColumns, withColumnBefore, withColumnShown, type ColumnId } from './columns.ts';
import type { Columns } from './use-columns.ts';

interface ColumnsDialogProps {
  readonly columns: Columns;
  readonly onClose: () => void;
}

/** Which columns a topic has, and in what order. What is changed holds at once. */
export function ColumnsDialog({ columns: { layout, change, reset }, onClose }: ColumnsDialogProps): ReactNode {
  const shown = shownColumns(layout);
  const move = (column: ColumnId, step: -1 | 1): void => {
    const at = layout.order.indexOf(column);
    const neighbour = layout.order[at + step];
    if (neighbour === undefined) return;
    change(step === -1 ? withColumnBefore(layout, column, neighbour) : withColumnBefore(layout, neighbour, column));
  };
  return (
    <Dialog
      title="Columns"
      description="Of this topic. In the grid, drag a head to move its column and its edge to resize it; a double click on the edge fits it."
      width={400}
      onClose={onClose}
      note={<Button onClick={reset}>Reset</Button>}
      footer={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <ul className={styles['list']} aria-label="Columns, in their order">
        {layout.order.map((column, index) => (
          <li key={column} className={styles['item']}>
            <label className={styles['label']}>
              <input
                type="checkbox"
                checked={shown.includes(column)}
                disabled={shown.length === 1 && shown.includes(column)}
                onChange={(event) => change(withColumnShown(layout, column, event.target.checked))}
              />
              {COLUMN_TITLES[column]}
            </label>
            <IconButton label={`Move ${COLUMN_TITLES[column]} up`} aria-disabled={index === 0} onClick={() => move(column, -1)}>
              <ArrowUp size={14} strokeWidth={1.75} aria-hidden />
            </IconButton>
            <IconButton
              label={`Move ${COLUMN_TITLES[column]} down`}
              aria-disabled={index === layout.order.length - 1}
              onClick={() => move(column, 1)}
            >
              <ArrowDown size={14} strokeWidth={1.75} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
