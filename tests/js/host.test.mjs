// The host between Streamlit and a figure: called with every change of the data, and its answer when all is over.
import assert from 'node:assert/strict';
import {fakeBrowser} from './fake-browser.mjs';
import host from '../../adadelta_viz/views/host.js';
import {test} from 'node:test';

const MODULE = `data:text/javascript,export const mount = (element, payload) => {
  told.push('mount ' + payload);
  return {destroy: () => told.push('destroy')};
}`;

const dataOf = (payload) => new TextEncoder().encode(JSON.stringify({assets: {module: MODULE}, payload}));

function setUp() {
  const {body} = fakeBrowser(), told = [];
  Object.assign(globalThis, {told});
  document.baseURI = 'https://lab/';
  return {told, call: (payload) => host({data: dataOf(payload), parentElement: body, setTriggerValue: () => {}})};
}

/** Until the module has come. */
const arrived = async () => {
  await import(MODULE);
  await new Promise((done) => { setImmediate(done); });
};

test('each call shows its data, the last answer destroys', async () => {
  const {told, call} = setUp(), first = call('a');
  await arrived();
  const last = call('b');
  await arrived();
  await first();
  assert.deepEqual(told, ['mount a', 'mount b']);
  await last();
  await last();
  assert.deepEqual(told, ['mount a', 'mount b', 'destroy']);
});

test('a call that another has overtaken shows nothing, and its answer destroys nothing', async () => {
  const {told, call} = setUp(), overtaken = call('a');
  call('b');
  await overtaken();
  await arrived();
  assert.deepEqual(told, ['mount b']);
});

test('a component that goes before its module has come is never shown', async () => {
  const {told, call} = setUp(), gone = call('a');
  await gone();
  await arrived();
  assert.deepEqual(told, []);
});

test('after that the same place can be used again', async () => {
  const {told, call} = setUp();
  await call('a')();
  call('b');
  await arrived();
  assert.deepEqual(told, ['mount b']);
});
