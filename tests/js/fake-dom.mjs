// As much of a browser as the player asks for: elements, events, frames and observers, all moved by the test's hand.

const camel = (name) => name.replaceAll(/-(?<letter>[a-z])/gu, (_, letter) => letter.toUpperCase());

const TAG = /<(?<close>\/?)(?<tag>\w+)(?<given>[^>]*?)(?<end>\/?)>/gu;
const ATTRIBUTE = /(?<name>[\w-]+)(?:="(?<value>[^"]*)")?/gu;
const PART = /(?<tag>^\w+)|\.(?<kind>[\w-]+)|\[(?<name>[\w-]+)(?:=(?<value>\w+))?\]/gu;

class FakeStyle {
  setProperty(name, value) { this[name] = String(value); }

  getPropertyValue(name) { return this[name] ?? ''; }
}

class FakeNode {
  parentElement = null;

  remove() {
    if (!this.parentElement) return;
    this.parentElement.childNodes = this.parentElement.childNodes.filter((child) => child !== this);
    this.parentElement = null;
  }

  #beside(nodes, after) {
    const {childNodes} = this.parentElement, at = childNodes.indexOf(this) + after;
    this.parentElement.insertAt(at, nodes);
  }

  before(...nodes) { this.#beside(nodes, 0); }

  after(...nodes) { this.#beside(nodes, 1); }
}

class FakeText extends FakeNode {
  constructor(text) {
    super();
    this.textContent = text;
  }
}

const asNode = (node) => typeof node === 'string' ? new FakeText(node) : node;

/** A context that writes down each call together with the style it was made with. */
function fakeContext(canvas) {
  const calls = [], style = {}, answers = {measureText: (text) => ({width: 6 * text.length})};
  return new Proxy({canvas, calls}, {
    get: (own, name) => own[name] ?? style[name] ?? ((...given) => {
      calls.push({name, given, style: {...style}});
      return answers[name]?.(...given);
    }),
    set: (_, name, value) => { style[name] = value; return true; },
  });
}

export class FakeElement extends FakeNode {
  childNodes = [];

  attributes = new Map();

  dataset = {};

  style = new FakeStyle();

  listeners = new Map();

  clientWidth = 400;

  clientHeight = 300;

  offsetWidth = 80;

  offsetHeight = 40;

  constructor(tag) {
    super();
    this.tagName = tag.toUpperCase();
    const names = () => (this.getAttribute('class') ?? '').split(' ').filter(Boolean);
    const write = (all) => this.setAttribute('class', [...all].join(' '));
    this.classList = {
      add: (name) => write(new Set([...names(), name])), contains: (name) => names().includes(name),
      toggle: (name, on) => write(on ? new Set([...names(), name]) : names().filter((each) => each !== name)),
    };
  }

  get children() { return this.childNodes.filter((node) => node instanceof FakeElement); }

  get firstChild() { return this.childNodes[0] ?? null; }

  get textContent() { return this.childNodes.map((node) => node.textContent).join(''); }

  set textContent(text) { this.replaceChildren(String(text)); }

  get isConnected() { return this === document.body || Boolean(this.parentElement?.isConnected); }

  get hidden() { return this.attributes.has('hidden'); }

  set hidden(hide) {
    if (hide) this.setAttribute('hidden', '');
    else this.attributes.delete('hidden');
  }

  get valueAsNumber() { return Number(this.value); }

  get innerHTML() { return this.markup ?? ''; }

  set innerHTML(markup) {
    this.markup = markup;
    this.replaceChildren();
    fill(this, markup);
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
    if (name.startsWith('data-')) this.dataset[camel(name.slice(5))] = String(value);
  }

  getAttribute(name) { return this.attributes.get(name) ?? null; }

  removeAttribute(name) { this.attributes.delete(name); }

  insertAt(at, nodes) {
    const made = nodes.filter((node) => node !== '').map((node) => asNode(node));
    const next = this.childNodes[at] ?? null;
    for (const node of made) node.remove();
    const place = next && !made.includes(next) ? this.childNodes.indexOf(next) : this.childNodes.length;
    this.childNodes.splice(place, 0, ...made);
    for (const node of made) node.parentElement = this;
  }

  append(...nodes) { this.insertAt(this.childNodes.length, nodes); }

  insertBefore(node, next) { this.insertAt(this.childNodes.indexOf(next), [node]); }

  replaceChildren(...nodes) {
    while (this.firstChild) this.firstChild.remove();
    this.append(...nodes);
  }

  contains(node) { return node === this || Boolean(node?.parentElement && this.contains(node.parentElement)); }

  cloneNode() { return new FakeElement(this.tagName); }

  focus() { document.activeElement = this; }

  getBoundingClientRect() {
    const {clientWidth: width, clientHeight: height} = this;
    return {left: 0, top: 0, right: width, bottom: height, width, height};
  }

  getContext() { return (this.context ??= fakeContext(this)); }

  addEventListener(type, act, {signal} = {}) {
    const heard = this.listeners.get(type) ?? new Set();
    this.listeners.set(type, heard.add(act));
    signal?.addEventListener('abort', () => heard.delete(act));
  }

  /** Send an event to this element's own listeners. */
  dispatch(type, more = {}) {
    const place = {button: 0, pointerId: 1, clientX: 0, clientY: 0};
    const event = {type, target: this, ...place, preventDefault: () => { event.prevented = true; }, ...more};
    for (const act of this.listeners.get(type) ?? []) act(event);
    return event;
  }

  click() { this.dispatch('click'); }

  setPointerCapture(id) { this.captured = id; }

  hasPointerCapture(id) { return this.captured === id; }

  matches(selector) {
    return [...selector.matchAll(PART)].every(({groups: {tag, kind, name, value}}) => {
      if (tag) return this.tagName === tag.toUpperCase();
      if (kind) return this.classList.contains(kind);
      return this.attributes.has(name) && [undefined, this.getAttribute(name)].includes(value);
    });
  }

  querySelectorAll(selector) {
    const [first, ...rest] = selector.split(' ');
    const all = this.children.flatMap((child) => [child, ...child.querySelectorAll('')]);
    if (selector === '') return all;
    const found = all.filter((node) => node.matches(first));
    return rest.length > 0 ? found.flatMap((node) => node.querySelectorAll(rest.join(' '))) : found;
  }

  querySelector(selector) { return this.querySelectorAll(selector)[0] ?? null; }
}

/** Make the elements of a markup; its texts are left out. */
function fill(element, markup) {
  let open = element;
  for (const {groups: {close, tag, given, end}} of markup.matchAll(TAG)) {
    if (close) open = open.parentElement;
    else {
      const node = new FakeElement(tag);
      for (const {groups: {name, value}} of given.matchAll(ATTRIBUTE)) node.setAttribute(name, value ?? '');
      open.append(node);
      if (!end) open = node;
    }
  }
}
