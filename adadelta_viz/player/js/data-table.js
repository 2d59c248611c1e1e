/**
 * Maps as tables, for those who do not see them: an even sample of rows and columns, filled in when somebody opens it.
 */

/** @import {Plane, Row} from './state.js' */

import {formatNumber, formatShort} from './numbers.js';
import {create} from './dom.js';
import {sample} from './cells.js';

const MOST = 13; // rows and columns of a table that one can still walk through; the CSV has them all

/**
 * Offer each plane as a table; what was open stays open.
 *
 * @type {(element: HTMLElement, planes: Plane[]) => void}
 */
export function fillDataTables(element, planes) {
  const folds = /** @type {HTMLDetailsElement[]} */ ([...element.children]), open = folds.map((fold) => fold.open);
  element.replaceChildren(...planes.map((plane, i) => {
    const fold = create('details', {}, [create('summary', {text: `${plane.data.title} as a table`})]);
    fold.addEventListener('toggle', () => {
      if (fold.open && fold.children.length === 1) fold.append(create('div', {class: 'av-scroll'}, [dataTable(plane)]));
    });
    fold.open = open[i] ?? false;
    return fold;
  }));
}

/** @type {(row: Row, i: number) => string} */
const cellText = ({readings, codes, words}, i) =>
  [words[codes[i]], Number.isFinite(readings[i]) && formatNumber(readings[i])].filter(Boolean).join(', ');

/** @param {string[]} texts */
const headOf = (texts) =>
  create('thead', {}, [create('tr', {}, texts.map((text) => create('th', {scope: 'col', text})))]);

/** @type {(title: string, texts: string[]) => HTMLElement} */
const bodyRow = (title, texts) =>
  create('tr', {}, [create('th', {scope: 'row', text: title}), ...texts.map((text) => create('td', {text}))]);

/**
 * One plane as a table.
 *
 * @param {Pick<Plane, 'grid' | 'lines' | 'shape'>} plane
 */
export function dataTable({grid, lines, shape: [rows, columns]}) {
  if (lines || !grid?.up) return curveTable(lines ?? [], columns);
  const {across, up, title, label} = grid, right = sample(columns, MOST), upwards = sample(rows, MOST).toReversed();
  const text = `${title}: ${label}; rows ${up.symbol}, columns ${across.symbol || 'none'}; `
    + `every row and column that is shown is one of ${rows} and ${columns}`;
  const heads = right.map((j) => across.symbol ? `${across.symbol} ${formatShort(across.values[j])}` : '');
  const body = upwards.map((i) =>
    bodyRow(`${up.symbol} ${formatShort(up.values[i])}`, right.map((j) => cellText(grid, i * columns + j))));
  return create('table', {}, [create('caption', {text}), headOf(['', ...heads]), create('tbody', {}, body)]);
}

/**
 * Each line has values of its own, so each takes two rows: where, and what.
 *
 * @type {(lines: Row[], columns: number) => HTMLElement}
 */
function curveTable(lines, columns) {
  const right = sample(columns, MOST);
  const body = lines.flatMap((line) => [
    bodyRow(`${line.title}, ${line.across.symbol}`, right.map((j) => formatShort(line.across.values[j]))),
    bodyRow(line.label, right.map((j) => cellText(line, j))),
  ]);
  const caption = create('caption', {text: `${lines[0].label}, an even sample of ${columns} values`});
  return create('table', {}, [caption, create('tbody', {}, body)]);
}
