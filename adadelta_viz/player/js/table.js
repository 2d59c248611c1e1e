/**
 * The tables of numbers: the update of one run, line by line with the numbers of this step, and the state of each of
 * several runs.
 */

/** @import {Equations} from './payloads.js' */
/** @import {NumberCell, Player, Run, StateRow} from './state.js' */

import {DASH, formatNumber} from './numbers.js';
import {activeRun, pairAt, termOf} from './runs.js';
import {create, swatch, write} from './dom.js';

const NUMBERS = 'the update, with the numbers of this step';
const COORDINATES = ['x', 'y'];

/**
 * Build the table of the update for the run that it speaks of, and bind its numbers to the run's arrays.
 *
 * @param {Player} player
 */
export function fillUpdate({view, scene, update}) {
  const run = activeRun(scene), equations = run.equations ?? view.payload.equations ?? {};
  const label = scene.runs.length > 1 ? run.label : '', source = JSON.stringify([equations, label, run.role]);
  update.node.hidden = (equations.lines ?? []).length === 0;
  if (source !== update.source) update.node.replaceChildren(updateTable(equations, label, run.role));
  update.source = source;
  update.numbers = [...update.node.querySelectorAll('tbody tr')].flatMap((row) => numbersIn(row, run));
}

/** @type {(equations: Equations, label: string, role: string) => HTMLElement} */
function updateTable({columns = COORDINATES, lines = []}, label, role) {
  const owner = create('span', {class: 'av-owner', text: label});
  owner.style.setProperty('--av-run', `var(--av-role-${role})`);
  const title = label ? [owner, ` ${NUMBERS}`] : [NUMBERS.replace('the', 'The')];
  const heads = columns.map((text, i) => create('th', {scope: 'col', class: `av-${COORDINATES[i]}`, text}));
  const rows = lines.map((line) => create('tr', {}, [mathCell('av-formula', '', line.formula),
    ...columns.map((name, i) => mathCell(`av-numbers av-${COORDINATES[i]}`, name, line.numbers))]));
  const head = create('tr', {}, [create('th', {scope: 'col'}, title), ...heads]);
  return create('table', {'aria-live': 'off'}, [create('thead', {}, [head]), create('tbody', {}, rows)]);
}

/** @type {(classes: string, column: string, markup: string) => HTMLElement} */
function mathCell(classes, column, markup) {
  const cell = create('td', {class: classes, 'data-column': column});
  cell.innerHTML = markup; // MathML made by our own Python, never by a visitor
  return cell;
}

/**
 * The numbers of a row, each with the array of the run that it is taken from.
 *
 * @param {Element} row
 * @param {Run} run
 * @returns {NumberCell[]}
 */
const numbersIn = (row, run) => [...row.querySelectorAll('.av-numbers')].flatMap((cell, coordinate) =>
  [...cell.querySelectorAll('[data-term]')].map((node) => {
    const {term = '', at = 0} = /** @type {HTMLElement} */ (node).dataset;
    return {node, coordinate, run, at: Number(at), array: termOf(run, term)};
  }));

/** @param {Player} player */
export function writeUpdate({update: {numbers}, scene: {clock}}) {
  for (const number of numbers) {
    const step = Math.min(clock.step, number.run.last), i = 2 * (step + number.at) + number.coordinate;
    const text = step === 0 ? DASH : formatNumber(number.array?.[i]);
    if (text !== number.text) number.node.textContent = text;
    number.text = text;
  }
}

/**
 * One row for each quantity of a run's state; shown beside a ranking.
 *
 * @param {Player} player
 */
export function fillStates({view: {payload: {ranking}}, scene: {runs}, states}) {
  states.node.hidden = !ranking || runs.every(({readout = []}) => readout.length === 0);
  if (states.node.hidden) Object.assign(states, {rows: [], source: ''});
  if (states.node.hidden) return;
  const source = JSON.stringify(runs.map(({key, label, role, dash, readout}) => [key, label, role, dash, readout]));
  if (source !== states.source) {
    states.rows = runs.flatMap((run, index) => stateRows(run, index));
    states.node.replaceChildren(statesTable(states.rows));
  }
  states.source = source;
  for (const row of states.rows) Object.assign(row, {run: runs[row.index], array: termOf(runs[row.index], row.term)});
}

/** @type {(run: Run, index: number) => StateRow[]} */
function stateRows(run, index) {
  const {readout = []} = run, quantities = readout.length > 0 ? readout : [{label: 'nothing', term: ''}];
  return quantities.map(({label, term}, line) => {
    const cells = COORDINATES.map((name) => create('td', {class: `av-${name}`})), first = line === 0;
    const owner = first ? [create('div', {}, [swatch(run), create('span', {text: run.label})])] : [];
    const who = create('th', {scope: 'row', class: 'av-who'}, owner);
    const what = create('td', {class: 'av-what', text: label});
    return {index, term, cells, run, node: create('tr', {class: first ? 'av-first' : ''}, [who, what, ...cells])};
  });
}

/** @param {StateRow[]} rows */
function statesTable(rows) {
  const columns = ['who', 'what', ...COORDINATES].map(() => create('col'));
  const head = create('tr', {}, [create('th', {scope: 'col', colspan: 2, text: 'What each run remembers'}),
    ...COORDINATES.map((name) => create('th', {scope: 'col', class: `av-${name}`, text: name}))]);
  const body = create('tbody', {}, rows.map(({node}) => node));
  const table = create('table', {}, [create('colgroup', {}, columns), create('thead', {}, [head]), body]);
  return create('div', {class: 'av-scroll'}, [table]);
}

/** @param {Player} player */
export function writeStates({states, scene: {clock}}) {
  for (const {run, array, term, cells} of states.rows) {
    const texts = term ? pairAt(array, Math.min(clock.step, run.last)) : ['', ''];
    for (const [i, cell] of cells.entries()) write(cell, texts[i]);
  }
}
