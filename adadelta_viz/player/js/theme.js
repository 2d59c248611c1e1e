/**
 * Colours: figures come with names such as `"@ink"`, and get the colours of the theme that suits what is behind the player.
 */

import {matches} from './dom.js';

export const DARK = '(prefers-color-scheme: dark)';
const COLOURS = ['ink', 'muted', 'grid', 'paper', 'casing', 'accent', 'x', 'y'];

/** Whether a CSS colour (`#rgb`, `#rrggbb`, `rgb()`, `rgba()`) is dark; null when it is transparent or unreadable. */
export function isDark(colour) {
  const hex = /^#(?<digits>[0-9a-f]{3,8})$/iu.exec(colour.trim())?.groups.digits;
  const long = hex && hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const parts = long ? long.match(/../gu).map((pair) => Number.parseInt(pair, 16)) : colour.match(/^rgb/u) && colour.match(/[\d.]+/gu)?.map(Number);
  if (!parts || parts.length < 3 || parts[3] === 0) return null;
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] < 128;
}

/** Copy of a figure with every `"@name"` replaced by the theme's colour; typed arrays are passed on as they are. */
export function styled(figure, theme) {
  if (typeof figure === 'string') return figure.startsWith('@') ? theme[figure.slice(1)] ?? theme.roles?.[figure.slice(1)] ?? figure : figure;
  if (figure === null || typeof figure !== 'object' || 'bdata' in figure || ArrayBuffer.isView(figure)) return figure;
  if (Array.isArray(figure)) return [figure[0], figure.at(-1)].every((item) => typeof item === 'number') ? figure : figure.map((item) => styled(item, theme));
  return Object.fromEntries(Object.entries(figure).map(([key, value]) => [key, styled(value, theme)]));
}

/** Set Plotly attributes such as `"line.color"` on a copy made by `styled`; axes that the figure lacks are left out. */
export function assign(target, attributes = {}) {
  for (const [path, value] of Object.entries(attributes)) {
    const names = path.split('.'), last = names.pop();
    if (/axis\d*$/u.test(names[0] ?? '') && !(names[0] in target)) continue;
    let parent = target;
    for (const name of names) {
      parent[name] ??= {};
      parent = parent[name];
    }
    const both = [value, parent[last]].every((item) => item && typeof item === 'object' && !Array.isArray(item) && !('bdata' in item));
    if (both) assign(parent[last], value);
    else parent[last] = value;
  }
  return target;
}

/** Whether what is behind an element is dark: Streamlit's variable, else the first painted ancestor; null when nobody tells. */
function darkBehind(element) {
  const told = isDark(getComputedStyle(element).getPropertyValue('--st-background-color'));
  for (let node = element, dark = told; node; node = node.parentElement, dark = node && isDark(getComputedStyle(node).backgroundColor)) {
    if (typeof dark === 'boolean') return dark;
  }
  return null;
}

/** Give the player the colours of the theme that suits its surroundings. */
export function applyTheme(view) {
  const {root, payload: {themes}} = view;
  root.style.background = '';
  const dark = darkBehind(root);
  view.themeName = dark ?? matches(DARK) ? 'dark' : 'light';
  view.theme = themes[view.themeName];
  for (const name of COLOURS) root.style.setProperty(`--av-${name}`, view.theme[name]);
  for (const [role, colour] of Object.entries(view.theme.roles)) root.style.setProperty(`--av-role-${role}`, colour);
  root.style.colorScheme = view.themeName;
  if (dark === null) root.style.background = view.theme.paper; // nobody painted the page: our ink needs our paper
  view.font = getComputedStyle(root).fontFamily;
}
