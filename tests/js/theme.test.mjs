import {assign, isDark, styled} from '../../adadelta_viz/player/js/theme.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const spec = (array, dtype) => ({dtype, bdata: Buffer.from(array.buffer).toString('base64')});

test('dark and light backgrounds are told apart, transparent ones are not judged', () => {
  for (const dark of ['#000', '#0e1117', 'rgb(14, 17, 23)', 'rgba(20, 20, 20, 0.9)']) {
    assert.equal(isDark(dark), true, dark);
  }
  for (const light of ['#fff', ' #FFFFFF', 'rgb(255 255 255)', '#f5f5f0ff']) assert.equal(isDark(light), false, light);
  for (const unknown of ['', 'transparent', 'rgba(0, 0, 0, 0)', 'canvas', '#0000']) {
    assert.equal(isDark(unknown), null, unknown);
  }
});

test('colour names become the colours of the theme, and arrays are not walked', () => {
  const theme = {ink: '#111', roles: {adam: '#222'}}, z = spec(Float32Array.of(1), 'f4'), numbers = [1, 2];
  const same = {text: '@nobody', z, numbers};
  const figure = {line: {color: '@ink', width: 2}, marks: [{color: '@adam'}, null], colorscale: [[0, '@ink']], ...same};
  const result = styled(figure, theme);
  const wanted = {line: {color: '#111', width: 2}, marks: [{color: '#222'}, null], colorscale: [[0, '#111']], ...same};
  assert.deepEqual(result, wanted);
  assert.equal(result.z, z);
  assert.equal(figure.line.color, '@ink', 'the payload stays as it was');
});

test('theme attributes reach into a figure, but add no axis to it', () => {
  const given = {'font.color': 'red', 'xaxis.gridcolor': 'blue', 'yaxis4.gridcolor': 'blue', font: {family: 'x'}};
  const layout = assign({xaxis: {range: [0, 1]}, font: {size: 12}}, given);
  assert.deepEqual(layout, {xaxis: {range: [0, 1], gridcolor: 'blue'}, font: {size: 12, color: 'red', family: 'x'}});
});
