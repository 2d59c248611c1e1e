/**
 * The ranking: who stands where at the playhead. The order is pure; the table keeps its rows and moves them only when it changes.
 */

import {DASH, formatNumber} from './numbers.js';
import {create, swatch, wordButton, write} from './dom.js';
import {activeRun} from './runs.js';

/** What a run has in a column at a step: of an array the entry, its last one for a run that ended; a step number once it is reached. */
export function standingAt(run, key, step) {
  const item = run.standing[key] ?? null;
  if (item === null || typeof item === 'number') return item !== null && item <= step ? item : null;
  return item[Math.min(step, item.length - 1)] ?? null;
}

/** What counts for the order: the lower the better. Alone of all columns, `diverged` is better when it comes later or never. */
function worth(key, value) {
  if (key === 'diverged') return value === null ? -Infinity : -value;
  return value ?? Number.NaN;
}

/** Order of the runs by a column, `[{index, rank}]`: equal numbers share a rank such as `1=`, what has no number comes last. */
export function rankingOf(runs, key, step) {
  const worths = runs.map((run) => worth(key, standingAt(run, key, step)));
  const order = worths.map((_, index) => index).toSorted((a, b) => Number(Number.isNaN(worths[a])) - Number(Number.isNaN(worths[b])) || compare(worths[a], worths[b]));
  return order.map((index) => {
    const value = worths[index], better = worths.filter((other) => other < value).length, equal = worths.filter((other) => other === value).length;
    return {index, rank: Number.isNaN(value) ? DASH : `${better + 1}${equal > 1 ? '=' : ''}`};
  });
}

function compare(a, b) {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** Print a cell of the ranking. */
export function standingText(run, key, step) {
  const value = standingAt(run, key, step);
  if (key === 'diverged' && value !== null) return `diverged at step ${value}`;
  return value === null ? DASH : formatNumber(value);
}

/** Build the table anew when its columns or its runs look different. */
export function fillRanking(view) {
  const {payload: {ranking}, runs} = view, source = JSON.stringify([ranking?.columns, ranking?.note, runs.map(({key, label, role, dash}) => [key, label, role, dash])]);
  view.ranking.hidden = !ranking;
  if (!ranking || source === view.rankingSource) return;
  view.rankingSource = source;
  view.heads = ranking.columns.map((column) => headOf(view, column));
  view.rows = runs.map((run) => rowOf(view, run, ranking.columns));
  view.places = create('tbody', {}, view.rows.map(({node}) => node));
  const head = create('tr', {}, [create('th', {scope: 'col', class: 'av-rank', text: 'rank'}), create('th', {scope: 'col', class: 'av-who', text: 'run'}), ...view.heads.map(({node}) => node)]);
  const table = create('table', {'aria-label': 'Ranking at the playhead'}, [create('thead', {}, [head]), view.places]);
  view.ranking.replaceChildren(create('div', {class: 'av-scroll'}, [table]), create('p', {class: 'av-note', text: ranking.note ?? ''}));
}

function headOf(view, {key, label, help}) {
  const act = () => { view.sort = key; writeRanking(view); };
  const node = create('th', {scope: 'col', class: `av-column-${key}`}, [wordButton(label ?? key, {title: help ?? '', class: 'av-sort'}, act)]);
  return {key, node};
}

function rowOf(view, {key, label, ...look}, columns) {
  const rank = create('td', {class: 'av-rank'}), cells = columns.map((column) => ({column: column.key, node: create('td', {class: `av-column-${column.key}`})}));
  const name = wordButton('', {class: 'av-name', title: `Show the update of ${label}`}, () => {}); // its click reaches the row
  name.append(swatch(look), create('span', {text: label}));
  const node = create('tr', {'data-run': key}, [rank, create('th', {scope: 'row', class: 'av-who'}, [name]), ...cells.map((cell) => cell.node)]);
  node.addEventListener('click', () => { view.chosen = key; view.rebind(); });
  return {key, node, rank, name, cells};
}

/** Everything in the ranking that depends on the step. The column chosen by a visitor is remembered as long as there is one of its name. */
export function writeRanking(view) {
  const {payload: {ranking}, step, runs} = view;
  if (!ranking) return;
  const sort = [view.sort, ranking.sort].find((key) => ranking.columns.some((column) => column.key === key)) ?? ranking.columns[0].key;
  for (const {key, node} of view.heads) {
    if (key === sort) node.setAttribute('aria-sort', 'ascending');
    else node.removeAttribute('aria-sort');
  }
  const order = rankingOf(runs, sort, step), chosen = activeRun(view).key;
  for (const {index, rank} of order) {
    const row = view.rows[index], pressed = String(row.key === chosen);
    write(row.rank, rank);
    for (const {column, node} of row.cells) write(node, standingText(runs[index], column, step));
    if (row.name.getAttribute('aria-pressed') !== pressed) row.name.setAttribute('aria-pressed', pressed);
  }
  reorder(view.places, order.map(({index}) => view.rows[index].node));
}

/** Put rows in order with the fewest moves, and keep the focus where it was: a node that moves loses it. */
function reorder(body, rows) {
  const focused = body.contains(document.activeElement) ? document.activeElement : null;
  for (const [i, row] of rows.entries()) if (body.children[i] !== row) body.children[i].before(row);
  if (focused && focused !== document.activeElement) focused.focus({preventScroll: true});
}
