import assert from 'node:assert/strict';
import {latestOnly} from '../../adadelta_viz/player/js/latest-only.js';
import {test} from 'node:test';

const rest = () => new Promise((done) => { setImmediate(done); });

/** A server whose answers come when the test says so. */
function slow() {
  const asked = [], open = new Map();
  const fetch = (link) => {
    asked.push(link);
    return new Promise((done, fail) => { open.set(link, {done, fail}); });
  };
  const answer = async (link) => { open.get(link).done(`path of ${link}`); await rest(); };
  const refuse = async (link) => { open.get(link).fail(new Error(link)); await rest(); };
  return {asked, fetch, answer, refuse};
}

function setUp() {
  const server = slow(), shown = [], failed = [];
  const show = (answer, about) => shown.push([answer, about]), fail = ({message}) => failed.push(message);
  return {server, shown, failed, ...latestOnly(server.fetch, show, fail)};
}

test('one question is on its way, and of those asked meanwhile only the newest follows', async () => {
  const {server, shown, ask} = setUp();
  for (const link of ['a', 'b', 'c', 'd']) ask(link);
  assert.deepEqual(server.asked, ['a']);
  await server.answer('a');
  assert.deepEqual(server.asked, ['a', 'd']);
  await server.answer('d');
  assert.deepEqual(shown, [['path of a', 'a'], ['path of d', 'd']], 'each answer is shown when it comes: a drag is continuous');
});

test('what was asked before is shown at once and not asked again', async () => {
  const {server, shown, ask} = setUp();
  ask('a');
  await server.answer('a');
  ask('b');
  await server.answer('b');
  ask('a');
  assert.deepEqual(shown.map(([, link]) => link), ['a', 'b', 'a']);
  assert.deepEqual(server.asked, ['a', 'b']);
});

test('an answer older than what is shown is dropped, but kept for later', async () => {
  const {server, shown, ask} = setUp();
  ask('a');
  await server.answer('a');
  ask('b');
  ask('a');
  await server.answer('b');
  assert.deepEqual(shown.map(([, link]) => link), ['a', 'a']);
  ask('b');
  assert.equal(shown.at(-1)[1], 'b');
  assert.deepEqual(server.asked, ['a', 'b']);
});

test('who forgets sees no late answer, and asks on as usual', async () => {
  const {server, shown, ask, forget} = setUp();
  ask('a');
  ask('b');
  forget();
  await server.answer('a');
  assert.deepEqual([shown, server.asked], [[], ['a']]);
  ask('c');
  await server.answer('c');
  assert.deepEqual(shown.map(([, link]) => link), ['c']);
});

test('a refusal is told once and the next question is asked', async () => {
  const {server, shown, failed, ask} = setUp();
  ask('a');
  ask('b');
  await server.refuse('a');
  assert.deepEqual([failed, server.asked], [['a'], ['a', 'b']]);
  await server.answer('b');
  ask('a');
  assert.deepEqual(server.asked, ['a', 'b', 'a']);
  assert.deepEqual(shown.map(([, link]) => link), ['b']);
});

test('a few hundred answers are kept, the oldest go first', async () => {
  const {server, ask} = setUp(), links = Array.from({length: 257}, (_, i) => `${i}`);
  for (const link of links) {
    ask(link);
    await server.answer(link); // oxlint-disable-line no-await-in-loop -- one after another is what is tested
  }
  ask('1');
  assert.equal(server.asked.length, 257);
  ask('0');
  assert.equal(server.asked.length, 258);
});
