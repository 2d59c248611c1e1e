// Words with mathematics: Streamlit's own HTML drops MathML, so formulas come to the page through this component.
// The element stays when its words change, so that a screen reader tells the news of a status, and a fold stays open.
export default function words({data: {html, told, focus}, parentElement}) {
  const root = parentElement.querySelector('.words') ?? document.createElement('div');
  if (!root.isConnected) {
    Object.assign(root, {className: 'words', tabIndex: -1});
    if (told) root.setAttribute('role', 'status');
    parentElement.append(root);
  }
  if (root.html === html) return;
  const open = [...root.querySelectorAll('details')].map((fold) => fold.open);
  root.html = html;
  root.innerHTML = html;
  for (const [i, fold] of root.querySelectorAll('details').entries()) fold.open = open[i] ?? false;
  if (!focus) return;
  root.focus({preventScroll: true});
  if (root.matches(':focus-visible')) root.scrollIntoView({block: 'nearest'}); // for who came by the keyboard, not under a finger
}
