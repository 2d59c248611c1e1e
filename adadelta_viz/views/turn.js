// Who turns the page at its end finds the next section at its beginning.
/** @param {{data: {section: string}, parentElement: HTMLElement}} component */
export default function turn({data: {section}, parentElement}) {
  const before = parentElement.dataset.section;
  parentElement.dataset.section = section;
  const top = document.querySelector('.st-key-section');
  if (before && before !== section && top && top.getBoundingClientRect().top < 0) top.scrollIntoView();
}
