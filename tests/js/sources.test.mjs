// What the linter has no rule for: every line of JavaScript can be read without scrolling.
import {glob, readFile} from 'node:fs/promises';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const ROOT = new URL('../../', import.meta.url), WIDEST = 120;

test('no line is wider than a page', async () => {
  const paths = await Array.fromAsync(glob(['adadelta_viz/**/*.js', 'tests/js/*.mjs'], {cwd: ROOT}));
  assert.ok(paths.length > 40);
  const wide = await Promise.all(paths.map(async (path) => {
    const text = await readFile(new URL(path, ROOT), 'utf8');
    return text.split('\n').flatMap((line, i) => line.length > WIDEST ? `${path}:${i + 1}` : []);
  }));
  assert.deepEqual(wide.flat(), []);
});
