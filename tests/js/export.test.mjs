import assert from 'node:assert/strict';
import {picture} from '../../adadelta_viz/player/js/export.js';
import {test} from 'node:test';
import {wrapped} from '../../adadelta_viz/player/js/picture-parts.js';

const THEME = {
  ink: '#111', muted: '#888', paper: '#fff', casing: '#eee', accent: '#f00', roles: {adam: '#00f', sgd: '#0a0'},
};
const EMPTY = {dtype: 'f4', bdata: ''};
const axis = (range) => ({range, title: {text: 'x'}});
const TRACES = {
  data: [
    {type: 'scatter', y: EMPTY, line: {color: '@adam'}, meta: {run: 'a'}},
    {type: 'scatter', y: EMPTY, yaxis: 'y2', meta: {run: 'b'}},
  ],
  layout: {
    xaxis: {range: [0, 4]}, yaxis: {domain: [0.5, 1]}, yaxis2: {domain: [0, 0.4]},
    annotations: [{text: 'loss', x: 0, y: 1}],
  },
};
const PAYLOAD = {
  steps: 4, start: [-1, 0], caption: 'Bowl from (−1, 0) · no noise', name: 'bowl', traces: TRACES,
  landscape: {
    data: [{type: 'contour', z: EMPTY}, {type: 'scatter', marker: {color: '@ink'}}],
    layout: {xaxis: axis([-2, 2]), yaxis: axis([-1, 1]), margin: {l: 46}},
  },
};
const still = {
  key: 'a', label: 'Adam', role: 'adam', dash: [9, 4], stopped: '', last: 4,
  theta: [-1, 0, -0.5, 0, 0, 0, 0.5, 0.5, 1, 0],
};
const wild = {
  key: 'b', label: 'SGD', role: 'sgd', dash: [], stopped: 'diverged at step 3', last: 3,
  theta: [-1, 0, 1, 0.5, 1e30, 0.5, Number.NaN, 0],
};
const player = (runs, {payload = PAYLOAD, cells = [{runs}], hidden = [], step = 2} = {}) => ({
  view: {payload, theme: THEME, font: 'sans-serif'},
  scene: {runs, cells, clock: {step, steps: 4}, selection: {hidden: new Set(hidden), chosen: null}, asked: null},
});
const isRing = ({marker}) => marker?.symbol === 'circle-open';
const lines = ({data}, width) => data.filter(({mode, line}) => mode === 'lines' && line.width === width);

test('a picture has the landscape, the casing below the path, the path so far and the way to come', () => {
  const figure = picture(player([still]));
  const below = figure.data.slice(0, 2).map(({type, xaxis}) => [type, xaxis]);
  assert.deepEqual(below, [['contour', 'x20'], ['scatter', 'x20']]);
  const [casing] = lines(figure, 5.5), [path] = lines(figure, 2.5), [future] = lines(figure, 1);
  assert.ok(figure.data.indexOf(casing) < figure.data.indexOf(path));
  assert.deepEqual(path.x.map((value) => Number(value.toFixed(9))), [-1, -0.5, 0]);
  assert.deepEqual(path.line, {color: '#00f', width: 2.5, dash: '9px,4px'});
  assert.equal(future.x.length, 5);
  assert.equal(casing.line.color, THEME.casing);
});

test('heads stand at the step, the ring at the start', () => {
  const marks = picture(player([still])).data.filter(({mode}) => mode === 'markers'), head = marks.at(-1);
  const rings = marks.filter((trace) => isRing(trace));
  assert.deepEqual([head.x[0], head.y[0], head.marker.symbol, head.marker.color], [0, 0, 'circle', '#00f']);
  assert.equal(rings.length, 2);
  assert.deepEqual(rings[0].x, [-1]);
  const outside = picture(player([still], {payload: {...PAYLOAD, start: [9, 9]}}));
  assert.equal(outside.data.some((trace) => isRing(trace)), false);
});

test('the axes of the traces keep their names and move aside; the playhead is a line among them', () => {
  const {layout, data} = picture(player([still]));
  assert.ok(layout.xaxis.domain[0] > layout.xaxis20.domain[1]);
  assert.deepEqual([layout.yaxis.domain, layout.yaxis2.domain], [[0.5, 1], [0, 0.4]]);
  assert.deepEqual([layout.shapes[0].x0, layout.shapes[0].xref], [2, 'x']);
  assert.equal(data.find(({meta}) => meta?.run === 'a').line.color, '#00f');
  assert.deepEqual(PAYLOAD.traces, TRACES, 'the payload stays as it was');
  assert.equal(TRACES.layout.xaxis.domain, undefined);
});

test('the conditions are told, and a legend names several runs', () => {
  const one = picture(player([still])), two = picture(player([still, wild]));
  assert.equal(one.layout.annotations[0].text, 'Bowl from (−1, 0) · no noise · step 2 of 4');
  assert.equal(one.layout.showlegend, false);
  assert.equal(two.layout.showlegend, true);
  assert.deepEqual(two.data.filter(({showlegend}) => showlegend).map(({name}) => name), ['Adam', 'SGD']);
});

test('a run that left has an arrow at the border and says so; nothing in the picture is infinite', () => {
  const figure = picture(player([still, wild], {step: 4}));
  const head = figure.data.find(({marker}) => marker?.symbol === 'triangle-right');
  assert.equal(head.marker.color, '#0a0');
  assert.ok(head.x[0] < 2 && head.x[0] > 1.9);
  assert.ok(figure.layout.annotations.some(({text}) => text === 'SGD diverged at step 3'));
  for (const trace of figure.data) for (const value of trace.x ?? []) assert.ok(!(Math.abs(value) > 10), String(value));
});

test('hidden runs are not drawn', () => {
  const {data} = picture(player([still, wild], {hidden: ['b']}));
  assert.equal(data.some(({name, meta}) => name === 'SGD' || meta?.run === 'b'), false);
});

test('a grid is drawn as a grid: one landscape and title for each run, the traces below', () => {
  const runs = [still, wild], {layout, data} = picture(player(runs, {cells: runs.map((run) => ({runs: [run]}))}));
  assert.deepEqual(data.filter(({type}) => type === 'contour').map(({xaxis}) => xaxis), ['x20', 'x21']);
  assert.ok(layout.xaxis21.domain[0] > layout.xaxis20.domain[1]);
  assert.ok(layout.yaxis.domain[1] < layout.yaxis20.domain[0]);
  assert.equal(layout.yaxis21.showticklabels, false);
  assert.equal(layout.showlegend, false);
  const titles = layout.annotations.filter(({font}) => font?.size === 13).map(({text}) => text).slice(1);
  assert.deepEqual(titles, ['Adam', 'SGD']);
});

test('without traces the landscape has the whole picture', () => {
  const {layout} = picture(player([still], {payload: {...PAYLOAD, traces: {data: [], layout: {}}}}));
  assert.deepEqual(layout.xaxis20.domain, [0, 1]);
});

test('long conditions break at their dots and are never markup', () => {
  assert.deepEqual(wrapped('aaaa · bbbb · cccc', 12), ['aaaa · bbbb', 'cccc']);
  assert.deepEqual(wrapped('<b>x</b>', 5), ['‹b>x‹/b>']);
});
