import {fakeBrowser, fakePlotly, rest} from './fake-browser.mjs';
import {THEMES} from './payloads.mjs';
import assert from 'node:assert/strict';
import {mount} from '../../adadelta_viz/player/js/chart.js';
import {test} from 'node:test';

const figure = {data: [{line: {color: '@accent'}}], layout: {xaxis: {}, yaxis: {}}};
const payload = (more) =>
  ({figure, caption: 'a line', label: 'rising', height: 320, pick: false, themes: THEMES, ...more});

async function setUp(more, start) {
  const {body} = fakeBrowser(), Plotly = fakePlotly();
  const show = async (next) => {
    mount(body, payload(next), {plotly: () => Promise.resolve(Plotly), start});
    await rest();
  };
  await show(more);
  return {Plotly, show, root: body.querySelector('[data-testid=chart]'), graph: body.querySelector('.av-chart-graph')};
}

test('a chart is drawn in the colours of the page and redrawn in place', async () => {
  const {Plotly, show, root, graph} = await setUp();
  assert.deepEqual([Plotly.drawn[0].data, root.dataset.drawn], [[{line: {color: '#f00'}}], '1']);
  assert.deepEqual([graph.getAttribute('aria-label'), graph.style.height], ['rising', '320px']);
  await show({caption: 'another line'});
  assert.equal(root.querySelector('.av-caption').textContent, 'another line');
  assert.equal(root.dataset.drawn, '2');
});

test('a click picks the point below it, where points can be picked, and nowhere beside the axes', async () => {
  const picked = [], {graph, show} = await setUp({}, (point) => picked.push(point));
  graph.dispatch('click', {clientX: 90, clientY: 50});
  await show({pick: true});
  graph.dispatch('click', {clientX: 90, clientY: 50});
  graph.dispatch('click', {clientX: 10, clientY: 50});
  assert.deepEqual(picked, [[5, 3]]);
});
