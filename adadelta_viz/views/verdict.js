// The verdict stays the same element when its words change, so that a screen reader tells the news.
export default function verdict({data: {html, focus}, parentElement}) {
  let root = parentElement.querySelector('[role="status"]');
  if (!root) {
    root = Object.assign(document.createElement('div'), {className: 'card-words', tabIndex: -1});
    root.setAttribute('role', 'status');
    parentElement.append(root);
  }
  if (root.html === html) return;
  root.html = html;
  root.innerHTML = html;
  if (!focus) return;
  root.focus({preventScroll: true}); // the question had the focus, and it is gone
  if (root.matches(':focus-visible')) root.scrollIntoView({block: 'nearest'}); // for who came by keyboard, not under a finger
}
