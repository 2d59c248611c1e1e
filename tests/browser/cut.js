// List what a visitor cannot see of the page: text in boxes that hide their overflow, controls and tables beyond the
// edge, a page that scrolls sideways. Boxes that scroll, or end in an ellipsis, hide nothing.
() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const edge = main.getBoundingClientRect();
  const hides = (way) => way === "hidden" || way === "clip";
  const seen = (node) => {
    const { width, height } = node.getBoundingClientRect();
    const { visibility, clipPath } = getComputedStyle(node);
    return width > 1 && height > 1 && visibility !== "hidden" && clipPath === "none";
  };
  const name = (node) => `${node.tagName} .${node.className} "${(node.innerText ?? "").slice(0, 60)}"`;
  const scrolls = (node) => {
    for (let box = node.parentElement; box !== main; box = box.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(box).overflowX)) return true;
    }
    return false;
  };
  const isCut = (node) => {
    const { overflowX, overflowY, textOverflow } = getComputedStyle(node);
    const down = hides(overflowY) && node.scrollHeight > node.clientHeight + 2;
    const across = hides(overflowX) && textOverflow !== "ellipsis" && node.scrollWidth > node.clientWidth + 2;
    return (down || across) && node.innerText?.trim();
  };
  const isBeyond = (node) => {
    const { left, right } = node.getBoundingClientRect();
    return (left < edge.left - 1 || right > edge.right + 1) && !scrolls(node);
  };
  const isSwitchThatScrolls = (node) => node.scrollWidth > node.clientWidth + 2 && getComputedStyle(node).overflowX !== "visible";
  const all = (which) => [...main.querySelectorAll(which)].filter(seen);
  return [
    ...(main.scrollWidth > main.clientWidth + 1 ? [`the page scrolls sideways: ${main.scrollWidth} in ${main.clientWidth}`] : []),
    ...all("*").filter((node) => !node.closest("svg, .js-plotly-plot, .av-live") && isCut(node)).map((node) => `cut: ${name(node)}`),
    ...all("button, select, table, math, h1, h2, p, [role=radiogroup], .av-chart-graph").filter(isBeyond).map((node) => `beyond the edge: ${name(node)}`),
    ...all("[role=radiogroup]").filter(isSwitchThatScrolls).map((node) => `a switch is cut: ${name(node)}`),
  ];
}
