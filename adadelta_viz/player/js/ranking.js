/**
 * The table of the ranking: it keeps its rows, and moves them only when the order at the playhead changes.
 */

/** @import {Column, Ranking} from './payloads.js' */
/** @import {Player, RankingCell, RankingRow, RankingTable, Run} from './state.js' */

import {create, swatch, wordButton, write} from './dom.js';
import {rankingOf, standingText} from './standing.js';
import {activeRun} from './runs.js';
import {lookOf} from './legend.js';

/**
 * Build the table anew when its columns or its runs look different.
 *
 * @param {Player} player
 */
export function fillRanking(player) {
  const {view: {payload: {ranking}}, scene: {runs}, ranking: table} = player;
  const source = JSON.stringify([ranking?.columns, ranking?.note, runs.map((run) => lookOf(run))]);
  table.node.hidden = !ranking;
  if (!ranking || source === table.source) return;
  table.source = source;
  table.heads = ranking.columns.map((column) => newHead(player, column));
  table.rows = runs.map((run) => newRow(player, run, ranking.columns));
  table.body = create('tbody', {}, table.rows.map(({node}) => node));
  const note = create('p', {class: 'av-note', text: ranking.note ?? ''});
  table.node.replaceChildren(create('div', {class: 'av-scroll'}, [framed(table)]), note);
}

/** @param {RankingTable} table */
function framed({heads, body}) {
  const names = ['rank', 'run'].map((text, i) => create('th', {scope: 'col', class: ['av-rank', 'av-who'][i], text}));
  const head = create('thead', {}, [create('tr', {}, [...names, ...heads.map(({node}) => node)])]);
  return create('table', {'aria-label': 'Ranking at the playhead'}, [head, body]);
}

/**
 * @param {Player} player
 * @param {Column} column
 * @returns {RankingCell}
 */
function newHead(player, {key, label = key, help = ''}) {
  const button = wordButton(label, {title: help, class: 'av-sort'}, () => {
    player.ranking.sort = key;
    writeRanking(player);
  });
  return {column: key, node: create('th', {scope: 'col', class: `av-column-${key}`}, [button])};
}

/**
 * @param {Player} player
 * @param {Run} run
 * @param {Column[]} columns
 * @returns {RankingRow}
 */
function newRow({scene: {selection}, rebind}, run, columns) {
  const {key, label} = run, rank = create('td', {class: 'av-rank'});
  const cells = columns.map((column) => ({column: column.key, node: create('td', {class: `av-column-${column.key}`})}));
  const title = `Show the update of ${label}`, choose = () => { selection.chosen = key; rebind(); };
  const name = wordButton('', {class: 'av-name', title}, () => {}); // its click reaches the row
  name.append(swatch(run), create('span', {text: label}));
  const who = create('th', {scope: 'row', class: 'av-who'}, [name]);
  const node = create('tr', {'data-run': key}, [rank, who, ...cells.map((cell) => cell.node)]);
  node.addEventListener('click', choose);
  return {key, node, rank, name, cells};
}

/**
 * The column that a visitor has chosen, as long as there is one of its name.
 *
 * @type {(ranking: Ranking, chosen: string | null) => string}
 */
const sortOf = ({columns, sort}, chosen) =>
  [chosen, sort].find((key) => columns.some((column) => column.key === key)) ?? columns[0].key;

/**
 * Everything in the ranking that depends on the step.
 *
 * @param {Player} player
 */
export function writeRanking({view: {payload: {ranking}}, scene, ranking: table}) {
  if (!ranking) return;
  const {runs, clock: {step}} = scene, sort = sortOf(ranking, table.sort), chosen = activeRun(scene).key;
  for (const {column, node} of table.heads) {
    if (column === sort) node.setAttribute('aria-sort', 'ascending');
    else node.removeAttribute('aria-sort');
  }
  const order = rankingOf(runs, sort, step);
  for (const {index, rank} of order) {
    const row = table.rows[index], pressed = String(row.key === chosen);
    write(row.rank, rank);
    for (const {column, node} of row.cells) write(node, standingText(runs[index], column, step));
    if (row.name.getAttribute('aria-pressed') !== pressed) row.name.setAttribute('aria-pressed', pressed);
  }
  reorder(table.body, order.map(({index}) => table.rows[index].node));
}

/**
 * Put rows in order with the fewest moves, and keep the focus where it was: a node that moves loses it.
 *
 * @type {(body: HTMLElement, rows: HTMLElement[]) => void}
 */
function reorder(body, rows) {
  const focused = body.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  for (const [i, row] of rows.entries()) if (body.children[i] !== row) body.children[i].before(row);
  if (focused && focused !== document.activeElement) focused.focus({preventScroll: true});
}
