import assert from 'node:assert/strict';
import {mapExport} from '../../adadelta_viz/player/js/map-export.js';
import {test} from 'node:test';

const THEME = {ink: '#111', muted: '#888', paper: '#fff', casing: '#eee', grid: '#ddd', near: '#00f', never: '#ccc', roles: {adam: '#b90', adadelta: '#d50'}};
const figure = {
  data: [{type: 'heatmap', z: {dtype: 'f4', bdata: ''}, colorscale: [[0, '@near'], [1, '@paper']], showscale: true, colorbar: {title: {text: 'best'}}}, {type: 'heatmap', z: {dtype: 'f4', bdata: ''}}],
  layout: {xaxis: {range: [0, 3], title: {text: 'ρ'}}, yaxis: {range: [-10, -1]}, margin: {l: 62}},
};
const data = (title, role) => ({title, role, note: '14 % arrive', figure, across: {kept: 1.3}, up: {kept: -6}});
const scale = {kinds: [{colour: '@never', text: 'never arrives'}]};
const view = (planes, more = {}) => ({planes: planes.map((each) => ({data: each})), payload: {caption: 'Bowl · 48 × 48 cells', scale, ...more}, theme: THEME, font: 'sans-serif'});

test('planes stand side by side, and one scale serves both', () => {
  const {data: traces, layout} = mapExport(view([data('AdaDelta', 'adadelta'), data('Adam', 'adam')]));
  assert.ok(layout.xaxis.domain[1] < layout.xaxis2.domain[0]);
  assert.deepEqual([layout.yaxis2.anchor, layout.xaxis2.anchor], ['x2', 'y2']);
  assert.deepEqual(traces.filter(({type}) => type === 'heatmap').map(({xaxis, showscale}) => [xaxis, showscale]), [['x', false], ['x', false], ['x2', true], ['x2', false]]);
  assert.deepEqual(traces[0].colorscale, [[0, '#00f'], [1, '#fff']]);
  assert.equal(figure.data[0].colorscale[0][1], '@near', 'the payload stays as it was');
});

test('what was kept is marked, in the colour of its optimizer', () => {
  const rings = mapExport(view([data('AdaDelta', 'adadelta')])).data.filter(({marker}) => marker?.symbol === 'circle-open');
  assert.deepEqual(rings.map(({x, y, marker}) => [x[0], y[0], marker.color]), [[1.3, -6, '#eee'], [1.3, -6, '#d50']]);
});

test('conditions, titles and words for colours are told', () => {
  const {layout, data: traces} = mapExport(view([data('AdaDelta', 'adadelta')]));
  assert.deepEqual(layout.annotations.map(({text}) => text), ['Bowl · 48 × 48 cells', '<b>AdaDelta</b>  14 % arrive']);
  assert.deepEqual(traces.filter(({showlegend}) => showlegend).map(({name, marker}) => [name, marker.color]), [['never arrives', '#ccc']]);
});

test('planes with colours of their own list them, with counts and with whose they are', () => {
  const kinds = [{colour: '@near', text: 'minimum (3, 2)', count: '537 starts, 23 %'}];
  const {data: traces, layout} = mapExport(view([{...data('AdaDelta', 'adadelta'), kinds}, {...data('Adam', 'adam'), kinds}], {scale: null}));
  assert.deepEqual(traces.filter(({showlegend}) => showlegend).map(({name}) => name), ['AdaDelta: minimum (3, 2): 537 starts, 23 %', 'Adam: minimum (3, 2): 537 starts, 23 %']);
  assert.ok(traces.every(({showscale}) => !showscale));
  assert.equal(layout.margin.r, 30);
});

test('curves name their lines and have no ring', () => {
  const lines = {data: [{type: 'scatter', mode: 'lines', name: 'AdaDelta', line: {color: '@adadelta'}}, {type: 'scatter', mode: 'markers', name: 'AdaDelta diverged', marker: {symbol: 'x-thin'}}], layout: {xaxis: {}, yaxis: {}, shapes: [{y0: 0.01}]}};
  const {data: traces, layout} = mapExport(view([{title: 'lowest value met', note: '', figure: lines, lines: [{}]}], {scale: null}));
  assert.deepEqual(traces.map(({name, showlegend}) => [name, showlegend]), [['AdaDelta', true], ['AdaDelta diverged', false]]);
  assert.equal(traces[0].line.color, '#d50');
  assert.deepEqual(layout.shapes, [{y0: 0.01}]);
});
