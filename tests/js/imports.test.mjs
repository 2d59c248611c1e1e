// The modules of the player load one another by their names, without a build step: each import must exist, and none may go round in a circle.
import {readFile, readdir} from 'node:fs/promises';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const FOLDER = new URL('../../adadelta_viz/player/js/', import.meta.url);
const files = await readdir(FOLDER), NAMES = files.filter((name) => name.endsWith('.js'));
const sources = await Promise.all(NAMES.map((name) => readFile(new URL(name, FOLDER), 'utf8')));
const imports = Object.fromEntries(NAMES.map((name, i) => [name, [...sources[i].matchAll(/from '(?<path>[^']+)'/gu)].map(({groups}) => groups.path)]));

test('modules import only their neighbours', () => {
  for (const [name, paths] of Object.entries(imports)) {
    for (const path of paths) assert.ok(path.startsWith('./') && NAMES.includes(path.slice(2)), `${name} imports ${path}`);
  }
});

test('no import goes round in a circle', () => {
  const visit = (name, way) => {
    assert.ok(!way.includes(name), [...way, name].join(' → '));
    for (const path of imports[name]) visit(path.slice(2), [...way, name]);
  };
  for (const name of NAMES) visit(name, []);
});

test('only `mount` is public', async () => {
  for (const name of ['player.js', 'chart.js']) assert.deepEqual(Object.keys(await import(new URL(name, FOLDER))), ['mount']); // oxlint-disable-line no-await-in-loop -- two
});

test('each module opens by saying its idea', () => {
  for (const [i, name] of NAMES.entries()) assert.match(sources[i], /^\/\*\*\n \* [A-Z]/u, name);
});
