import { useLayoutEffect } from 'react';
import { rowHeight, useSettings } from '../../api/settings.ts';

/** Makes the chosen data font and rows CSS variables, for grid, tree and editors alike. The theme is the system's or main's own. */
export function useAppearance(): void {
  const { dataFont, rows } = useSettings();
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--data-font', `${dataFont}px`);
    style.setProperty('--data-line', `${Math.round(dataFont * 1.5)}px`);
    style.setProperty('--row', `${rowHeight({ rows, dataFont })}px`);
  }, [dataFont, rows]);
}
