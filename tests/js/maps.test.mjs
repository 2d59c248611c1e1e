import {fakeBrowser, fakePlotly, rest} from './fake-browser.mjs';
import {mapsPayload, packed, planePayload} from './payloads.mjs';
import assert from 'node:assert/strict';
import {mount} from '../../adadelta_viz/player/js/maps.js';
import {test} from 'node:test';

const path = {theta: packed(Float64Array.of(0, 1, 1, 1, 2, 1)), value: packed(Float64Array.of(9, 4, 1)), stopped: ''};

/** Mounted maps whose server answers at once, and all that was asked and kept. */
async function setUp(payload, {fetch = () => Promise.resolve(path)} = {}) {
  const browser = fakeBrowser(), Plotly = fakePlotly(), asked = [], kept = [];
  const callbacks = {
    plotly: () => Promise.resolve(Plotly), keep: (cell) => kept.push(cell),
    path: (link) => { asked.push(Object.fromEntries(new URLSearchParams(link))); return fetch(link); },
  };
  const show = async (next) => {
    const handle = mount(browser.body, next, callbacks);
    await rest();
    return handle;
  };
  const handle = await show(payload), root = browser.body.querySelector('[data-testid=maps]');
  const find = (selector) => root.querySelector(selector), all = (selector) => root.querySelectorAll(selector);
  const point = async (x, y, plane = 0) => {
    all('[data-testid=plane]')[plane].dispatch('pointermove', {clientX: x, clientY: y});
    await rest();
  };
  return {...browser, Plotly, asked, kept, show, handle, root, find, all, point};
}

const pair = () => mapsPayload([planePayload('AdaDelta'), planePayload('Adam', 'adam')]);
const optimizers = (asked) => asked.map(({optimizer}) => optimizer);

test('the paths of the runs that were kept are shown first, whole', async () => {
  const {root, asked, find, all} = await setUp(pair());
  assert.deepEqual(asked, [{optimizer: 'adadelta'}, {optimizer: 'adam'}]);
  assert.deepEqual([root.dataset.map, root.dataset.waiting, root.dataset.pictures], ['AdaDelta,Adam', '0', '2']);
  assert.equal(find('[data-testid=walk]').dataset.step, '4');
  assert.deepEqual(all('.av-paths strong').map((node) => node.textContent), ['AdaDelta', 'Adam']);
});

test('who points at a cell sees its run, of its own plane only', async () => {
  const {asked, root, find, point} = await setUp(pair());
  await point(41 + 50, 20 + 41, 1);
  assert.deepEqual(asked.at(-1), {optimizer: 'adam', rho: '5', eps: '4'});
  assert.equal(asked.length, 3);
  assert.equal(find('.av-told').textContent, 'rho 5 · eps 4: 2');
  assert.equal(root.dataset.looking, '{"rho":5,"eps":4}');
});

test('planes of starts move together', async () => {
  const {asked, point} = await setUp({...pair(), kind: 'basins'});
  await point(41, 20 + 41);
  assert.deepEqual(optimizers(asked), ['adadelta', 'adam', 'adadelta', 'adam']);
});

test('keys walk over the cells, Enter keeps and Escape leaves', async () => {
  const {kept, find, root, asked} = await setUp(pair()), plane = find('[data-testid=plane]'), live = find('.av-live');
  plane.dispatch('keydown', {key: 'ArrowUp'});
  plane.dispatch('keydown', {key: 'End'});
  await rest();
  assert.deepEqual(asked.at(-1), {optimizer: 'adadelta', rho: '9', eps: '8'});
  assert.equal(find('.av-cursor').hidden, false);
  plane.dispatch('keydown', {key: 'Enter'});
  assert.deepEqual(kept, [[0, 1, 2]]);
  assert.ok(live.textContent.startsWith('Kept: AdaDelta, rho 9'));
  plane.dispatch('keydown', {key: 'Escape'});
  assert.deepEqual([root.dataset.looking, find('.av-cursor').hidden], ['', true]);
});

test('where no run starts nothing is asked and nothing shown', async () => {
  const {asked, all, point} = await setUp(pair()), before = asked.length;
  await point(41 + 50, 20 + 79);
  assert.deepEqual([asked.length, all('.av-paths strong').length], [before, 0]);
});

test('a path that cannot be had is said', async () => {
  const {find, root} = await setUp(pair(), {fetch: () => Promise.reject(new Error('busy'))});
  assert.deepEqual([find('.av-told').textContent, root.dataset.waiting], ['The path could not be fetched.', '0']);
});

test('mounted twice they are updated: same elements, one plane less, the table that was open stays open', async () => {
  const {show, body, root, all, find} = await setUp(pair()), [plane] = all('[data-testid=plane]');
  find('details').open = true;
  await show(mapsPayload([planePayload('AdaDelta', 'adadelta', {picture: 'other'})]));
  assert.deepEqual(body.children, [root]);
  assert.deepEqual([all('[data-testid=plane]').length, all('[data-testid=plane]')[0] === plane], [1, true]);
  assert.equal(find('details').open, true);
});

test('a map as a table has a row for each value, from the top down', async () => {
  const {find} = await setUp(pair()), fold = find('details');
  fold.open = true;
  fold.dispatch('toggle');
  assert.deepEqual(fold.querySelectorAll('tbody th').map((node) => node.textContent), ['eps 8', 'eps 4']);
  const texts = fold.querySelectorAll('tbody td').map((node) => node.textContent);
  assert.deepEqual(texts, ['4', '5', 'never arrives', '1', '2', '3']);
});

test('a run that was kept has its mark, where its own numbers are', async () => {
  const {find} = await setUp(pair());
  assert.equal(find('.av-mark').style.transform, 'translate(50px, 60px)');
});

test('destroyed they give everything back and hear no late answer', async () => {
  const answers = [], fetch = () => new Promise((done) => { answers.push(done); });
  const {handle, root, body, observers, frames, Plotly, find} = await setUp(pair(), {fetch});
  handle.destroy();
  for (const answer of answers) answer(path);
  await rest();
  assert.deepEqual([observers.size, frames.size, body.children.length, Plotly.purged.length], [0, 0, 0, 3]);
  assert.deepEqual([root.dataset.pictures, find('.av-paths').children.length], [undefined, 0]);
});
