/**
 * Maps as tables, for those who do not see them: an even sample of rows and columns, filled in when somebody opens it.
 */

import {formatNumber, formatShort} from './numbers.js';
import {create} from './dom.js';
import {sample} from './cells.js';

const MOST = 13; // rows and columns of a table that one can still walk through; the CSV has them all

/** Offer each plane as a table. */
export function fillDataTables(view) {
  const open = new Set([...view.dataTables.children].map((fold, i) => fold.open ? i : -1));
  view.dataTables.replaceChildren(...view.planes.map((plane, i) => {
    const fold = create('details', {}, [create('summary', {text: `${plane.data.title} as a table`})]);
    fold.addEventListener('toggle', () => { if (fold.open && fold.children.length === 1) fold.append(create('div', {class: 'av-scroll'}, [tableOf(plane)])); });
    fold.open = open.has(i);
    return fold;
  }));
}

const cellText = ({readings, codes, words}, i) => [words[codes[i]], Number.isFinite(readings[i]) && formatNumber(readings[i])].filter(Boolean).join(', ');
const head = (texts) => create('thead', {}, [create('tr', {}, texts.map((text) => create('th', {scope: 'col', text})))]);
const row = (title, texts) => create('tr', {}, [create('th', {scope: 'row', text: title}), ...texts.map((text) => create('td', {text}))]);

function tableOf({grid, lines, shape: [rows, columns]}) {
  if (lines) return curveTable(lines, columns);
  const {across, up} = grid, right = sample(columns, MOST), upwards = sample(rows, MOST).toReversed();
  const caption = create('caption', {text: `${grid.title}: ${grid.label}; rows ${up.symbol}, columns ${across.symbol || 'none'}; every row and column that is shown is one of ${rows} and ${columns}`});
  const body = upwards.map((i) => row(`${up.symbol} ${formatShort(up.values[i])}`, right.map((j) => cellText(grid, i * columns + j))));
  return create('table', {}, [caption, head(['', ...right.map((j) => across.symbol ? `${across.symbol} ${formatShort(across.values[j])}` : '')]), create('tbody', {}, body)]);
}

/** Each line has values of its own, so each takes two rows: where, and what. */
function curveTable(lines, columns) {
  const right = sample(columns, MOST);
  const body = lines.flatMap((line) => [row(`${line.title}, ${line.across.symbol}`, right.map((j) => formatShort(line.across.values[j]))), row(line.label, right.map((j) => cellText(line, j)))]);
  return create('table', {}, [create('caption', {text: `${lines[0].label}, an even sample of ${columns} values`}), create('tbody', {}, body)]);
}
