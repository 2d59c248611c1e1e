import {THEMES, packed, playerPayload, runOf} from './payloads.mjs';
import {fakeBrowser, fakePlotly, rest} from './fake-browser.mjs';
import assert from 'node:assert/strict';
import {countMounted} from '../../adadelta_viz/player/js/lifecycle.js';
import {mount} from '../../adadelta_viz/player/js/player.js';
import {test} from 'node:test';

/** A mounted player; `show` mounts another payload in the same place. */
async function setUp(payload, callbacks = {}) {
  const browser = fakeBrowser(), Plotly = fakePlotly();
  const show = async (next) => {
    const handle = mount(browser.body, next, {plotly: () => Promise.resolve(Plotly), ...callbacks});
    await rest();
    return handle;
  };
  const handle = await show(payload), root = browser.body.querySelector('[data-testid=player]');
  const find = (selector) => root.querySelector(selector), all = (selector) => root.querySelectorAll(selector);
  const button = (name) => all('button').find((node) => node.getAttribute('aria-label') === name);
  return {...browser, Plotly, show, handle, root, find, all, button};
}

const one = (steps, more) => playerPayload([runOf('a', steps)], steps, more);
const two = (more) => playerPayload([runOf('a', 4), runOf('b', 2, {role: 'sgd', dash: [9, 4]})], 4, more);
const still = {autoplay: false};
const calls = ({context}, name) => context.calls.filter((call) => call.name === name);
const strokes = (canvas) =>
  calls(canvas, 'stroke').map(({style: {strokeStyle, lineWidth}}) => [strokeStyle, lineWidth]);

test('mounted twice it is updated: same elements, same step, still playing', async () => {
  const {show, root, body, frame} = await setUp(one(300));
  assert.equal(root.dataset.playing, 'true');
  root.dispatch('keydown', {key: ' '});
  root.dispatch('keydown', {key: ' '});
  for (const ms of [0, 500]) frame(ms);
  const {step} = root.dataset;
  assert.equal(step, '30');
  await show(one(900));
  assert.deepEqual([root.dataset.playing, root.dataset.step, root.dataset.run], ['true', step, 'run of 900']);
  assert.deepEqual(body.children, [root]);
  frame(500);
  assert.notEqual(root.dataset.step, step);
});

test('destroyed it asks for no frame, and nothing of it is left', async () => {
  const before = countMounted(), {handle, frames, observers, media, body, Plotly, show} = await setUp(one(300));
  assert.deepEqual([frames.size, countMounted()], [1, before + 1]);
  handle.destroy();
  assert.deepEqual([frames.size, observers.size, media.listeners.get('change').size], [0, 0, 0]);
  assert.deepEqual([body.children.length, Plotly.purged.length, countMounted()], [0, 2, before]);
  const again = await show(one(4));
  assert.equal(body.querySelector('[data-testid=player]').dataset.run, 'run of 4');
  again.destroy();
});

// ---- The clock's words

test('the transport says where the clock is', async () => {
  const {root, find, button} = await setUp(one(4, still));
  button('Step forward').click();
  assert.deepEqual([root.dataset.step, find('.av-scrub').value], ['1', '1']);
  assert.equal(find('.av-facts').textContent, 'step 1 of 4 · loss 1');
  assert.equal(find('.av-scrub').getAttribute('aria-valuetext'), 'step 1 of 4');
  find('.av-scrub').value = 3;
  find('.av-scrub').dispatch('input');
  assert.equal(root.dataset.step, '3');
  button('Play').click();
  assert.ok(button('Pause'));
  button('Speed 1×').click();
  assert.equal(find('.av-speed').textContent, '2×');
  button('Last step').click();
  assert.deepEqual([root.dataset.step, root.dataset.playing], ['4', 'false']);
});

// ---- Paint

test('settled chunks of a path stay, the newest steps are drawn again', async () => {
  const theta = packed(Float64Array.from({length: 602}, (_, i) => i % 2 ? 1 : i / 40));
  const {all, root} = await setUp(playerPayload([runOf('a', 300, {theta})], 300, still));
  const canvases = all('canvas').slice(0, 4);
  for (let i = 0; i < 7; i += 1) root.dispatch('keydown', {key: 'ArrowRight', shiftKey: true});
  for (const canvas of canvases) canvas.context.calls.length = 0;
  root.dispatch('keydown', {key: 'ArrowRight'});
  const [casing, casingLive, line, lineLive] = canvases, points = calls(casingLive, 'lineTo').map(({given}) => given);
  assert.deepEqual([strokes(casing), strokes(line), strokes(casingLive)], [[], [], [['#eee', 5.5]]]);
  assert.deepEqual(strokes(lineLive)[0], ['#b90', 2.5]);
  assert.deepEqual([points[0], points.at(-1)], [[40 + 64 / 2, 30], [40 + 71 / 2, 30]]);
});

test('the way to come is faint, and is not drawn at the end, where none is left', async () => {
  const {all, root, show} = await setUp(two(still)), [casing] = all('canvas');
  assert.deepEqual(strokes(casing), [['#b90', 1], ['#0a0', 1]]);
  root.dispatch('keydown', {key: 'End'});
  casing.context.calls.length = 0;
  await show(two(still));
  assert.deepEqual([root.dataset.step, strokes(casing)], ['4', []]);
});

test('labels name several runs, heads stand on top, the start has a ring', async () => {
  const {all} = await setUp(two(still)), lineLive = all('canvas').at(3);
  assert.deepEqual(calls(lineLive, 'fillText').map(({given: [text]}) => text).toSorted(), ['A', 'B', 'start']);
  const radii = calls(lineLive, 'arc').map(({given}) => given[2]);
  assert.deepEqual(radii, [5.5, 5.5, 6.5, 6.5]);
});

// ---- Landscapes

test('a grid has a landscape for each run, drawn once and copied', async () => {
  const {all, Plotly, show, root} = await setUp(two({view: 'grid', ...still}));
  assert.equal(all('[data-testid=landscape]').length, 2);
  assert.ok(root.classList.contains('av-grid'));
  assert.equal(Plotly.drawn.length, 2, 'the contours and the panels of the traces');
  assert.deepEqual(all('.av-axis').map((node) => node.textContent), ['x', 'y', 'x', 'y']);
  await show(two(still));
  assert.equal(all('[data-testid=landscape]').length, 1);
  assert.equal(root.classList.contains('av-grid'), false);
});

test('the contours are drawn again only for another surface, theme or size', async () => {
  const {show, Plotly, find} = await setUp(one(4, still));
  const drawn = () => Plotly.drawn.filter(({graph}) => graph === find('.av-ground')).length;
  await show(one(9, still));
  assert.equal(drawn(), 1);
  await show(one(9, {...still, landscape: {...one(9).landscape, id: 'other'}}));
  assert.equal(drawn(), 2);
});

test('a click asks for the start below it, a drag does not', async () => {
  const starts = [], {find} = await setUp(one(4, still), {start: (point) => starts.push(point)});
  const node = find('.av-landscapes');
  const click = (from, to) => {
    node.dispatch('pointerdown', {clientX: from, clientY: 50});
    node.dispatch('click', {clientX: to, clientY: 50});
  };
  click(90, 90);
  click(90, 120);
  click(10, 10);
  assert.deepEqual(starts, [[5, 3]]);
  assert.ok(node.classList.contains('av-clickable'));
});

test('a pointer near a path reads the point, and away from it no more', async () => {
  const readout = [{label: 'E[g²]', term: 'm'}], terms = {m: packed(Float64Array.of(0, 0, 1, 2, 3, 4, 5, 6, 7, 8))};
  const {find} = await setUp(playerPayload([runOf('a', 4, {readout, terms})], 4, still));
  const node = find('.av-landscapes'), tooltip = find('.av-tooltip');
  node.dispatch('pointermove', {clientX: 62, clientY: 32});
  assert.equal(tooltip.hidden, false);
  assert.equal(tooltip.textContent, 'Astep2x, y2, 1loss2E[g²]3, 4');
  node.dispatch('pointerleave');
  assert.equal(tooltip.hidden, true);
});

// ---- Traces

test('a curve follows its values, with a gap where there is no number, and leaves with its run', async () => {
  const run = runOf('a', 4, {value: packed(Float64Array.of(1, 2, Number.NaN, 3, 4))});
  const {find, all} = await setUp(playerPayload([run, runOf('b', 4)], 4, still));
  const curves = find('.av-curves'), of = (name) => calls(curves, name).map(({given}) => given).slice(0, 2);
  assert.deepEqual(of('moveTo'), [[40, 30], [70, 50]]);
  assert.deepEqual(of('lineTo'), [[50, 40], [80, 60]]);
  assert.equal(curves.dataset.runs, 'a,b');
  all('.av-chip')[0].click();
  await rest();
  assert.equal(curves.dataset.runs, 'b');
});

test('the playhead stands at the step and can be dragged', async () => {
  const {find, root} = await setUp(one(4, still)), traces = find('.av-traces');
  traces.dispatch('pointerdown', {clientX: 61, clientY: 9});
  assert.equal(root.dataset.step, '2');
  assert.equal(find('.av-playhead').style.transform, 'translateX(60px)');
  traces.dispatch('pointermove', {clientX: 80, clientY: 9});
  assert.equal(root.dataset.step, '4');
});

// ---- Legend and tables

test('a chip shows and hides its run; a chip that stays the same keeps its element', async () => {
  const {all, show} = await setUp(two(still)), [chip] = all('.av-chip');
  assert.deepEqual(all('.av-chip').map((node) => node.textContent), ['A0', 'B0']);
  chip.click();
  assert.deepEqual(all('.av-chip').map((node) => node.getAttribute('aria-pressed')), ['false', 'true']);
  await show(two({id: 'again', ...still}));
  assert.equal(all('.av-chip')[0], chip);
  assert.equal(chip.getAttribute('aria-pressed'), 'false', 'what was hidden stays hidden');
  await show(one(4, still));
  assert.equal(all('.av-chip').length, 0);
});

const number = '<mn data-term="m" data-at="-1"></mn>';
const told = (key, values, more) => runOf(key, 2, {terms: {m: packed(Float64Array.from(values))}, ...more});

test('the update has the numbers of the step, and a dash before the first', async () => {
  const equations = {columns: ['x', 'y'], lines: [{formula: '<math></math>', numbers: number}]};
  const {all, find, button} = await setUp(playerPayload([told('a', [1, 2, 3, 4, 5, 6])], 2, {equations, ...still}));
  const numbers = () => all('.av-update mn').map((node) => node.textContent);
  assert.deepEqual(numbers(), ['–', '–']);
  button('Step forward').click();
  assert.deepEqual(numbers(), ['1', '2']);
  button('Last step').click();
  assert.deepEqual(numbers(), ['3', '4']);
  assert.equal(find('.av-update').hidden, false);
});

test('beside a ranking stands the state of each run, and a row chooses whose update is shown', async () => {
  const ranking = {columns: [{key: 'now', label: 'value now'}], sort: 'now'}, readout = [{label: 'm', term: 'm'}];
  const equations = {columns: ['x', 'y'], lines: [{formula: '', numbers: number}]};
  const falling = runOf('b', 2, {value: packed(Float64Array.of(0, -1, -2)), equations});
  const runs = [told('a', [1, 2, 3, 4, 5, 6], {readout, equations}), falling];
  const {all, find, button} = await setUp(playerPayload(runs, 2, {ranking, ...still}));
  button('Last step').click();
  assert.deepEqual(all('.av-memory td').map((node) => node.textContent), ['m', '5', '6', 'nothing', '', '']);
  assert.deepEqual(all('.av-ranking tbody tr').map((node) => node.dataset.run), ['b', 'a']);
  assert.equal(find('.av-owner').textContent, 'A');
  all('.av-ranking tbody tr')[0].click();
  assert.equal(find('.av-owner').textContent, 'B');
});

test('colours follow the page', async () => {
  assert.equal(THEMES.dark.ink, '#111');
  const {root, body} = await setUp(one(4, still));
  assert.equal(root.style.getPropertyValue('--av-ink'), '#111');
  body.style.background = '#000';
  root.querySelector('.av-probe').dispatch('transitionend');
  assert.equal(root.style.colorScheme, 'dark');
});
