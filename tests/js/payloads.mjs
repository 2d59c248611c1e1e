// Small payloads as Python sends them, for tests that build whole figures.

export const THEMES = Object.fromEntries(['light', 'dark'].map((name) => [name, {
  ink: '#111', muted: '#888', grid: '#ddd', paper: '#fff', casing: '#eee', accent: '#f00', near: '#00f', never: '#ccc',
  roles: {adadelta: '#d50', adam: '#b90', sgd: '#0a0'}, layout: {'font.color': '#888'}, landscape: {},
}]));

export const packed = (array, dtype = 'f8') => ({dtype, bdata: Buffer.from(array.buffer).toString('base64')});
const line = (steps) => Array.from({length: steps + 1}, (_, t) => t);

/** A run that goes one to the right with each step. */
export const runOf = (key, steps, more = {}) => ({
  key, label: key.toUpperCase(), role: 'adam', dash: [], stopped: '', value: packed(Float64Array.from(line(steps))),
  theta: packed(Float64Array.from(line(steps).flatMap((t) => [t, 1]))), terms: {}, readout: [], ...more,
});

const LANDSCAPE = {
  id: 'bowl', data: [{type: 'contour', z: {dtype: 'f4', bdata: ''}}],
  layout: {xaxis: {range: [0, 20], title: {text: 'x'}}, yaxis: {range: [0, 20], title: {text: 'y'}}},
};

const traceOf = (run) => ({
  type: 'scatter', y: run.value, x0: 0, yaxis: 'y', meta: {run: run.key},
  line: {width: 2, dash: 'solid', color: '@adam'},
});

/** What `mount` of the player gets. */
export const playerPayload = (runs, steps, more = {}) => ({
  id: `run of ${steps}`, steps, start: [0, 1], landscape: LANDSCAPE, caption: 'a bowl', themes: THEMES, name: 'bowl',
  traces: {data: runs.map((run) => traceOf(run)), layout: {xaxis: {}, yaxis: {}}}, runs, equations: {}, ...more,
});

const side = (name, values) => ({name, symbol: name, number: values[0], values, places: values, kept: values[0]});

/** A plane of two by three cells, one pixel times ten a unit. */
export const planePayload = (title, role = 'adadelta', more = {}) => ({
  key: role, title, role, dash: [], note: 'some arrive', label: 'lowest value met', picture: title,
  figure: {data: [{type: 'heatmap'}], layout: {xaxis: {}, yaxis: {}}}, kinds: [], query: {optimizer: role},
  across: side('rho', [1, 5, 9]), up: side('eps', [4, 8]), words: {1: 'never arrives'}, nowhere: 7,
  readings: packed(Float64Array.of(1, 2, 3, 4, 5, Number.NaN)), codes: packed(Int32Array.of(0, 0, 0, 0, 7, 1), 'i4'),
  ...more,
});

/** What `mount` of maps gets. */
export const mapsPayload = (planes, more = {}) => ({
  id: planes.map(({title}) => title).join(','), steps: 4, start: [0, 1], landscape: LANDSCAPE, caption: 'cells',
  themes: THEMES,
  kind: 'sensitivity', planes, scale: {title: 'value', colours: [[0, '@near']], ticks: [[0, '1']], kinds: []},
  ...more,
});
