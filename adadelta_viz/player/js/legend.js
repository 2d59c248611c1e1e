/**
 * The legend: a chip for each of several runs, which shows and hides it. In a grid the chips are the titles of the landscapes.
 */

import {create, swatch, wordButton, write} from './dom.js';
import {isShown, lossOf} from './runs.js';

function newChip(view, run) {
  const value = create('span', {class: 'av-value'}), name = create('span', {text: run.label});
  const node = wordButton('', {class: 'av-chip', title: 'Show or hide this run'}, () => {
    if (!view.hidden.delete(run.key)) view.hidden.add(run.key);
    view.rebind();
  });
  node.style.setProperty('--av-run', `var(--av-role-${run.role})`);
  node.append(swatch(run), name, value);
  return {node, value, key: run.key, look: lookOf(run)};
}

const lookOf = (run) => JSON.stringify([run.key, run.label, run.role, run.dash]);

/** Make the chips fit the runs; a chip whose run still looks the same stays, so that it keeps the focus. */
export function fillLegend(view) {
  const {runs, cells, grid, payload: {ranking}} = view, old = new Map((view.chips ?? []).map((chip) => [chip.look, chip]));
  view.chips = runs.length > 1 ? runs.map((run) => old.get(lookOf(run)) ?? newChip(view, run)) : [];
  view.legend.hidden = grid || view.chips.length === 0;
  view.legend.classList.toggle('av-brief', Boolean(ranking)); // the ranking tells the losses
  for (const [i, {node}] of view.chips.entries()) {
    const home = grid ? cells[i].head : view.legend, place = grid ? 0 : i;
    if (home.children[place] === node) continue;
    if (home.children[place]) home.children[place].before(node);
    else home.append(node);
  }
  for (const {look, node} of old.values()) if (!view.chips.some((chip) => chip.look === look)) node.remove();
  markLegend(view);
}

export function markLegend(view) {
  for (const [i, {node}] of view.chips.entries()) node.setAttribute('aria-pressed', isShown(view, view.runs[i]));
}

/** The losses at the playhead. */
export function writeLosses(view) {
  if (view.payload.ranking && !view.grid) return;
  for (const [i, {value}] of view.chips.entries()) write(value, lossOf(view, view.runs[i]));
}
