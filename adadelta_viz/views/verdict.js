// The verdict stays the same element when its words change, so that a screen reader tells the news.

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/** @param {{data: {html: string, focus: boolean}, parentElement: Element}} component */
export default function verdict({data: {html, focus}, parentElement}) {
  const root = parentElement.querySelector('[role="status"]') ?? newRoot(parentElement);
  if (shown.get(root) === html) return;
  shown.set(root, html);
  root.innerHTML = html;
  if (!focus || !(root instanceof HTMLElement)) return;
  root.focus({preventScroll: true}); // the question had the focus, and it is gone
  // for who came by keyboard, not under a finger
  if (root.matches(':focus-visible')) root.scrollIntoView({block: 'nearest'});
}

/** @param {Element} parent */
function newRoot(parent) {
  const root = Object.assign(document.createElement('div'), {className: 'card-words', tabIndex: -1});
  root.setAttribute('role', 'status');
  parent.append(root);
  return root;
}
