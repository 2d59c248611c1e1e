/**
 * Colours: figures come with names such as `"@ink"`, and get the colours of the theme that suits what is behind the
 * player.
 */

/** @import {Plot, Theme} from './payloads.js' */
/** @import {View} from './state.js' */

import {matches} from './dom.js';

export const DARK = '(prefers-color-scheme: dark)';
const COLOURS = ['ink', 'muted', 'grid', 'paper', 'casing', 'accent', 'x', 'y'];

/**
 * Red, green, blue and perhaps opacity of a CSS colour; null where it is none of ours.
 *
 * @param {string} colour
 */
function partsOf(colour) {
  const hex = /^#(?<digits>[0-9a-f]{3,8})$/iu.exec(colour.trim())?.groups?.digits;
  if (!hex) return colour.startsWith('rgb') ? colour.match(/[\d.]+/gu)?.map(Number) : null;
  const long = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
  return long.match(/../gu)?.map((pair) => Number.parseInt(pair, 16));
}

/**
 * Whether a CSS colour (`#rgb`, `#rrggbb`, `rgb()`, `rgba()`) is dark; null when it is transparent or unreadable.
 *
 * @param {string} colour
 */
export function isDark(colour) {
  const parts = partsOf(colour);
  if (!parts || parts.length < 3 || parts[3] === 0) return null;
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] < 128;
}

const isNumber = (/** @type {unknown} */ item) => typeof item === 'number';

/**
 * Copy of a figure with every `"@name"` replaced by the theme's colour; typed arrays are passed on as they are.
 *
 * @template Kind
 * @param {Kind} figure
 * @param {Theme} theme
 * @returns {Kind}
 */
export function styled(figure, theme) {
  /** @type {any} */
  const part = figure;
  if (typeof part === 'string') return colourNamed(part, theme);
  if (part === null || typeof part !== 'object' || 'bdata' in part || ArrayBuffer.isView(part)) return part;
  if (Array.isArray(part)) {
    const numbers = [part[0], part.at(-1)].every((item) => isNumber(item));
    return /** @type {any} */ (numbers ? part : part.map((item) => styled(item, theme)));
  }
  const entries = Object.entries(part).map(([key, value]) => [key, styled(value, theme)]);
  return /** @type {any} */ (Object.fromEntries(entries));
}

/** @type {(name: string, theme: Theme) => any} */
const colourNamed = (name, theme) =>
  name.startsWith('@') ? theme[name.slice(1)] ?? theme.roles?.[name.slice(1)] ?? name : name;

const isOpen = (/** @type {any} */ item) =>
  item && typeof item === 'object' && !Array.isArray(item) && !('bdata' in item);

/**
 * Set Plotly attributes such as `"line.color"` on a copy made by `styled`; axes that the figure lacks are left out.
 *
 * @param {Record<string, any>} target
 * @param {Record<string, any>} [attributes]
 */
export function assign(target, attributes = {}) {
  for (const [path, value] of Object.entries(attributes)) {
    const names = path.split('.'), last = /** @type {string} */ (names.pop());
    if (/axis\d*$/u.test(names[0] ?? '') && !(names[0] in target)) continue;
    let parent = target;
    for (const name of names) {
      parent[name] ??= {};
      parent = parent[name];
    }
    if (isOpen(value) && isOpen(parent[last])) assign(parent[last], value);
    else parent[last] = value;
  }
  return target;
}

/**
 * Layout of a figure in the theme's colours.
 *
 * @param {Plot} figure
 * @param {Theme} theme
 */
export const styledLayout = (figure, theme) => assign(styled(figure.layout, theme), theme.layout);

/**
 * Whether what is behind an element is dark: Streamlit's variable, else the first painted ancestor; null when nobody
 * tells.
 *
 * @param {Element} element
 */
function darkBehind(element) {
  const told = isDark(getComputedStyle(element).getPropertyValue('--st-background-color'));
  if (typeof told === 'boolean') return told;
  for (let node = element.parentElement; node; node = node.parentElement) {
    const dark = isDark(getComputedStyle(node).backgroundColor);
    if (typeof dark === 'boolean') return dark;
  }
  return null;
}

/**
 * Give a figure the colours of the theme that suits its surroundings.
 *
 * @param {View<{themes: Record<string, Theme>}>} view
 */
export function applyTheme(view) {
  const {root, payload: {themes}} = view;
  root.style.background = '';
  const dark = darkBehind(root), themeName = dark ?? matches(DARK) ? 'dark' : 'light', theme = themes[themeName];
  for (const name of COLOURS) root.style.setProperty(`--av-${name}`, theme[name]);
  for (const [role, colour] of Object.entries(theme.roles)) root.style.setProperty(`--av-role-${role}`, colour);
  root.style.colorScheme = themeName;
  if (dark === null) root.style.background = theme.paper; // nobody painted the page: our ink needs our paper
  Object.assign(view, {theme, themeName, font: getComputedStyle(root).fontFamily});
}
