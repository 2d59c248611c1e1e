/**
 * The tables of numbers: the update of one run, line by line with the numbers of this step, and what each of several runs remembers.
 */

import {DASH, formatNumber} from './numbers.js';
import {activeRun, pairAt, termOf} from './runs.js';
import {create, swatch, write} from './dom.js';

/** Build the table of the update for the run that it speaks of, and bind its numbers to the run's arrays. */
export function fillUpdate(view) {
  const run = activeRun(view), {columns = ['x', 'y'], lines = []} = run.equations ?? view.payload.equations ?? {};
  const label = view.runs.length > 1 ? run.label : '', source = JSON.stringify([columns, lines, label, run.role]);
  view.update.hidden = lines.length === 0;
  if (source !== view.updateSource) view.update.replaceChildren(updateTable(columns, lines, label, run));
  view.updateSource = source;
  findSlots(view, run);
}

function updateTable(columns, lines, label, run) {
  const owner = create('span', {class: 'av-owner', text: label}), title = label ? ' the update, with the numbers of this step' : 'The update, with the numbers of this step';
  owner.style.setProperty('--av-run', `var(--av-role-${run.role})`);
  const head = create('tr', {}, [create('th', {scope: 'col'}, label ? [owner, title] : [title]),
    ...columns.map((name, i) => create('th', {scope: 'col', class: `av-${'xy'[i]}`, text: name}))]);
  const rows = lines.map((line) => create('tr', {}, [mathCell('av-formula', '', line.formula),
    ...columns.map((name, i) => mathCell(`av-numbers av-${'xy'[i]}`, name, line.numbers))]));
  return create('table', {'aria-live': 'off'}, [create('thead', {}, [head]), create('tbody', {}, rows)]);
}

function mathCell(classes, column, markup) {
  const cell = create('td', {class: classes, 'data-column': column});
  cell.innerHTML = markup; // MathML made by our own Python, never by a visitor
  return cell;
}

/** Find the numbers of the table and bind each to its array of the run. */
function findSlots(view, run) {
  view.slots = [...view.update.querySelectorAll('tbody tr')].flatMap((row) => [...row.querySelectorAll('.av-numbers')].flatMap((cell, coordinate) =>
    [...cell.querySelectorAll('[data-term]')].map((node) => ({node, coordinate, run, at: Number(node.dataset.at ?? 0), array: termOf(run, node.dataset.term)}))));
}

export function writeUpdate(view) {
  for (const slot of view.slots) {
    const step = Math.min(view.step, slot.run.last), i = 2 * (step + slot.at) + slot.coordinate;
    const text = step === 0 ? DASH : formatNumber(slot.array?.[i]);
    if (text !== slot.text) slot.node.textContent = text;
    slot.text = text;
  }
}

/** One row for each quantity that a run remembers; shown beside a ranking. */
export function fillMemory(view) {
  const {payload: {ranking}, runs} = view, looks = runs.map(({key, label, role, dash, readout}) => [key, label, role, dash, readout]);
  const source = JSON.stringify(looks);
  view.memory.hidden = !ranking || runs.every(({readout = []}) => readout.length === 0);
  if (view.memory.hidden) Object.assign(view, {remembered: [], memorySource: null});
  if (view.memory.hidden) return;
  if (source !== view.memorySource) buildMemory(view);
  view.memorySource = source;
  for (const row of view.remembered) Object.assign(row, {run: runs[row.index], array: termOf(runs[row.index], row.term)});
}

function buildMemory(view) {
  view.remembered = view.runs.flatMap((run, index) => (run.readout?.length > 0 ? run.readout : [{label: 'nothing', term: ''}]).map(({label, term}, line) => {
    const cells = ['x', 'y'].map((name) => create('td', {class: `av-${name}`}));
    const who = create('th', {scope: 'row', class: 'av-who'}, line === 0 ? [create('div', {}, [swatch(run), create('span', {text: run.label})])] : []);
    return {index, term, cells, node: create('tr', {class: line === 0 ? 'av-first' : ''}, [who, create('td', {class: 'av-what', text: label}), ...cells])};
  }));
  const head = create('tr', {}, [create('th', {scope: 'col', colspan: 2, text: 'What each run remembers'}), create('th', {scope: 'col', class: 'av-x', text: 'x'}), create('th', {scope: 'col', class: 'av-y', text: 'y'})]);
  const widths = create('colgroup', {}, ['who', 'what', 'x', 'y'].map(() => create('col')));
  const table = create('table', {}, [widths, create('thead', {}, [head]), create('tbody', {}, view.remembered.map(({node}) => node))]);
  view.memory.replaceChildren(create('div', {class: 'av-scroll'}, [table]));
}

export function writeMemory(view) {
  for (const {run, array, term, cells} of view.remembered) {
    const texts = term ? pairAt(array, Math.min(view.step, run.last)) : ['', ''];
    for (const [i, cell] of cells.entries()) write(cell, texts[i]);
  }
}
