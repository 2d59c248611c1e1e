/**
 * The legend: a chip for each of several runs, which shows and hides it. In a grid the chips are the titles of the
 * landscapes.
 */

/** @import {Chip, Player, Run} from './state.js' */

import {create, swatch, wordButton, write} from './dom.js';
import {isShown, lossOf} from './runs.js';

/**
 * How runs look; a part of the page that shows no more of them need not be built again while that stays.
 *
 * @param {Run} run
 */
export const lookOf = ({key, label, role, dash}) => JSON.stringify([key, label, role, dash]);

/**
 * @param {Player} player
 * @param {Run} run
 * @returns {Chip}
 */
function newChip({scene: {selection: {hidden}}, rebind}, run) {
  const value = create('span', {class: 'av-value'}), name = create('span', {text: run.label});
  const node = wordButton('', {class: 'av-chip', title: 'Show or hide this run'}, () => {
    if (!hidden.delete(run.key)) hidden.add(run.key);
    rebind();
  });
  node.style.setProperty('--av-run', `var(--av-role-${run.role})`);
  node.append(swatch(run), name, value);
  return {node, value, key: run.key, look: lookOf(run)};
}

/**
 * Make the chips fit the runs; a chip whose run still looks the same stays, so that it keeps the focus.
 *
 * @param {Player} player
 */
export function fillLegend(player) {
  const {legend, scene: {runs, cells, grid}, view: {payload: {ranking}}} = player;
  const old = new Map(legend.chips.map((chip) => [chip.look, chip]));
  legend.chips = runs.length > 1 ? runs.map((run) => old.get(lookOf(run)) ?? newChip(player, run)) : [];
  legend.node.hidden = grid || legend.chips.length === 0;
  legend.node.classList.toggle('av-brief', Boolean(ranking)); // the ranking tells the losses
  for (const [i, {node}] of legend.chips.entries()) {
    if (grid) putAt(cells[i].head, 0, node);
    else putAt(legend.node, i, node);
  }
  for (const {look, node} of old.values()) if (!legend.chips.some((chip) => chip.look === look)) node.remove();
  markLegend(player);
}

/** @type {(home: Element, place: number, node: Element) => void} */
function putAt(home, place, node) {
  const there = home.children[place];
  if (there === node) return;
  if (there) there.before(node);
  else home.append(node);
}

/** @param {Player} player */
export function markLegend({legend, scene: {runs, selection}}) {
  for (const [i, {node}] of legend.chips.entries()) {
    node.setAttribute('aria-pressed', String(isShown(selection, runs[i])));
  }
}

/**
 * The losses at the playhead.
 *
 * @param {Player} player
 */
export function writeLosses({legend, scene: {runs, grid, clock}, view: {payload: {ranking}}}) {
  if (ranking && !grid) return;
  for (const [i, {value}] of legend.chips.entries()) write(value, lossOf(runs[i], clock.step));
}
