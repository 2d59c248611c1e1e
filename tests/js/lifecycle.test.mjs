import {countMounted, lifecycle} from '../../adadelta_viz/player/js/lifecycle.js';
import {fakeBrowser, fakePlotly, rest} from './fake-browser.mjs';
import assert from 'node:assert/strict';
import {create} from '../../adadelta_viz/player/js/dom.js';
import {test} from 'node:test';

const THEMES = {light: {ink: '#111', paper: '#fff', roles: {}}, dark: {ink: '#eee', paper: '#000', roles: {}}};

/** A figure that only writes down what is asked of it. */
function setUp() {
  const browser = fakeBrowser(), Plotly = fakePlotly(), told = [];
  const root = create('div'), graph = create('div'), caption = create('p');
  root.append(graph, caption);
  const mount = lifecycle((view) => {
    told.push('build');
    return {
      root, caption, watched: [graph], measure: () => [graph.clientWidth], graphs: () => [graph],
      stop: () => told.push('stop'),
      update: () => told.push(`update ${view.payload.name}`), restyle: () => told.push(`restyle ${view.themeName}`),
      draw: async () => { told.push(`draw ${view.payload.name}`); await view.Plotly.react(graph, [], {}); },
    };
  });
  const show = (name, more = {}) => mount(browser.body, {name, themes: THEMES}, {plotly: () => Promise.resolve(Plotly), ...more});
  return {...browser, Plotly, told, root, graph, caption, show};
}

test('the first mount builds, every later one updates in place', async () => {
  const {told, body, root, show} = setUp();
  show('a');
  await rest();
  show('b');
  await rest();
  assert.deepEqual(told, ['build', 'update a', 'draw a', 'update b', 'draw b']);
  assert.deepEqual(body.children, [root]);
});

test('asked many times in a row it paints once, from the newest state', async () => {
  const {told, show} = setUp();
  for (const name of ['a', 'b', 'c']) show(name);
  await rest();
  assert.deepEqual(told.filter((line) => line.startsWith('draw')), ['draw c']);
});

test('asked while it paints, the next picture follows', async () => {
  const {told, show, Plotly} = setUp(), {react} = Plotly;
  let asked = false;
  Plotly.react = async (...given) => {
    if (!asked) show('b');
    asked = true;
    await react(...given);
  };
  show('a');
  await rest();
  assert.deepEqual(told.filter((line) => line.startsWith('draw')), ['draw a', 'draw b']);
});

test('destroy gives everything back: element, observer, frames, listeners, graphs; twice is once', async () => {
  const before = countMounted(), {told, body, observers, frames, media, Plotly, graph, resize, show} = setUp(), {destroy} = show('a');
  await rest();
  assert.equal(countMounted(), before + 1);
  resize();
  assert.deepEqual([observers.size, frames.size], [1, 1]);
  destroy();
  destroy();
  assert.deepEqual([observers.size, frames.size, media.listeners.get('change').size, body.children.length], [0, 0, 0, 0]);
  assert.deepEqual([Plotly.purged, told.filter((line) => line === 'stop')], [[graph], ['stop']]);
  assert.equal(countMounted(), before);
});

test('what is destroyed while Plotly is on its way is never drawn, and while it draws it is purged afterwards', async () => {
  const early = setUp();
  early.show('a').destroy();
  await rest();
  assert.deepEqual([early.Plotly.drawn, early.Plotly.purged], [[], [early.graph]]);
  const late = setUp(), handle = late.show('a');
  await Promise.resolve();
  handle.destroy();
  await rest();
  assert.equal('_fullLayout' in late.graph, false);
});

test('after destroy the same element can be mounted again', async () => {
  const {told, body, show} = setUp();
  show('a').destroy();
  show('b');
  await rest();
  assert.deepEqual(told.filter((line) => line === 'build').length, 2);
  assert.equal(body.children.length, 1);
  assert.equal(told.at(-1), 'draw b');
});

test('another size asks for a picture one frame later, the same size does not', async () => {
  const {told, graph, frame, resize, show} = setUp(), pictures = () => told.filter((line) => line === 'draw a').length;
  show('a');
  await rest();
  resize();
  frame();
  await rest();
  assert.equal(pictures(), 1);
  graph.clientWidth = 500;
  resize();
  frame();
  await rest();
  assert.equal(pictures(), 2);
});

test('without room nothing is drawn until there is some', async () => {
  const {told, graph, frame, resize, show} = setUp();
  graph.clientWidth = 0;
  show('a');
  await rest();
  assert.equal(told.includes('draw a'), false);
  graph.clientWidth = 300;
  resize();
  frame();
  await rest();
  assert.equal(told.at(-1), 'draw a');
});

test('another theme of the page restyles and repaints', async () => {
  const {told, body, root, show} = setUp();
  show('a');
  await rest();
  body.style.background = '#000';
  root.querySelector('.av-probe').dispatch('transitionend');
  await rest();
  assert.deepEqual(told.slice(-2), ['restyle dark', 'draw a']);
});

test('a picture that fails is told below the figure, but not by a figure that is gone', async () => {
  const {caption, show} = setUp(), heard = [], refused = {plotly: () => Promise.reject(new Error('offline'))};
  globalThis.reportError = ({message}) => heard.push(message);
  const {destroy} = show('a', refused);
  await rest();
  assert.deepEqual([caption.textContent, heard], ['The picture could not be drawn. Please reload the page.', ['offline']]);
  caption.textContent = '';
  show('b', refused);
  destroy();
  await rest();
  assert.deepEqual([caption.textContent, heard], ['', ['offline']]);
});
