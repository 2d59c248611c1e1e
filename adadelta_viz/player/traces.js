/**
 * The traces: one static Plotly graph of curves over the steps, and above it the playhead, which can be dragged.
 */

import {CONFIG, layoutOf} from './landscape.js';
import {pointer} from './dom.js';
import {styled} from './theme.js';

const AT_ONCE = {frame: {duration: 0, redraw: false}, transition: {duration: 0}, mode: 'immediate'};

export async function drawTraces(Plotly, view) {
  const {traces} = view.payload, layout = layoutOf(view, traces, view.traces);
  const data = styled(traces.data, view.theme).map((trace) => Object.assign(trace, {visible: !view.hidden.has(trace.meta?.run)}));
  const key = JSON.stringify([data, layout], (name, value) => value?.bdata === undefined ? value : 0); // all but the numbers
  const same = key === view.tracesKey; // then animate: it skips the axes and takes a third of the time
  await (same ? Plotly.animate(view.panels, {data, traces: data.map((_, i) => i)}, AT_ONCE) : Plotly.react(view.panels, data, layout, CONFIG));
  view.tracesKey = key;
  const {xaxis, _size: {t: top, h: height}} = view.panels._fullLayout;
  view.rail = {zero: xaxis._offset + xaxis.d2p(0), step: xaxis.d2p(1) - xaxis.d2p(0)};
  view.playhead.hidden = false;
  Object.assign(view.playhead.style, {top: `${top}px`, height: `${height}px`});
}

export function movePlayhead(view) {
  if (view.rail) view.playhead.style.transform = `translateX(${view.rail.zero + view.rail.step * view.step}px)`;
}

/** The step below a pointer, or null while there is no graph. */
export const stepAt = (view, event) => view.rail ? Math.round((pointer(view.traces, event)[0] - view.rail.zero) / view.rail.step) : null;
