// The modules of the player load one another by their names, without a build step: each import must exist, and none may
// go round in a circle. That holds for imports of types too.
import {readFile, readdir} from 'node:fs/promises';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const FOLDER = new URL('../../adadelta_viz/player/js/', import.meta.url);
const files = await readdir(FOLDER), NAMES = files.filter((name) => name.endsWith('.js'));
const sources = await Promise.all(NAMES.map((name) => readFile(new URL(name, FOLDER), 'utf8')));
const importsIn = (source) => [...source.matchAll(/from '(?<path>[^']+)'/gu)].map(({groups}) => groups.path);
const imports = Object.fromEntries(NAMES.map((name, i) => [name, importsIn(sources[i])]));

test('modules import only their neighbours', () => {
  for (const [name, paths] of Object.entries(imports)) {
    const strange = paths.filter((path) => !path.startsWith('./') || !NAMES.includes(path.slice(2)));
    assert.deepEqual(strange, [], name);
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
  const figures = await Promise.all(['player.js', 'chart.js', 'maps.js'].map((name) => import(new URL(name, FOLDER))));
  for (const figure of figures) assert.deepEqual(Object.keys(figure), ['mount']);
});

test('each module opens by saying its idea', () => {
  for (const [i, name] of NAMES.entries()) assert.match(sources[i], /^\/\*\*\n \* [A-Z]/u, name);
});
