// A plain click opens the race in place, without loading the page again; any other click is the browser's own.
/** @param {{parentElement: Element, setTriggerValue: (name: string, value: unknown) => void}} component */
export default function presets({parentElement, setTriggerValue}) {
  // set, not added: Streamlit calls this again at each rerun
  // oxlint-disable-next-line prefer-add-event-listener
  /** @type {HTMLElement} */ (parentElement.querySelector('.lab-presets')).onclick = (event) => {
    const link = /** @type {Element} */ (event.target).closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue('chosen', link.dataset.key);
    document.querySelector('[data-testid="player"]')?.scrollIntoView({block: 'center'});
  };
}
