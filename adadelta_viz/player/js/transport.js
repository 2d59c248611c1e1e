/**
 * The transport: what moves the clock, and what shows where it is.
 */

/** @import {Clock, Scene, Transport} from './state.js' */

import {block, changeButton, create, iconButton, wordButton} from './dom.js';
import {move, toggle} from './clock.js';
import {nextSpeed} from './numbers.js';

/**
 * Play and the scrubber; their caller arranges them, and what else it wants.
 *
 * @param {Clock} clock
 * @param {AbortSignal} signal
 */
export function newTransport(clock, signal) {
  const playButton = iconButton('Play', 'play', () => toggle(clock)), facts = block('facts');
  const range = {type: 'range', min: 0, max: 1, step: 1, value: 0};
  const scrub = create('input', {...range, class: 'av-scrub', 'aria-label': 'Step'});
  playButton.classList.add('av-play');
  scrub.addEventListener('input', () => move(clock, scrub.valueAsNumber), {signal});
  return {playButton, scrub, facts, node: block('transport', {role: 'group', 'aria-label': 'Playback'})};
}

/**
 * The buttons before and behind the scrubber of a whole player.
 *
 * @param {Clock} clock
 */
export const stepButtons = (clock) => ({
  back: [iconButton('First step', 'first', () => move(clock, 0)),
    iconButton('Step back', 'back', () => move(clock, clock.step - 1))],
  forward: [iconButton('Step forward', 'forward', () => move(clock, clock.step + 1)),
    iconButton('Last step', 'last', () => move(clock, Infinity))],
});

/** @param {Clock} clock */
export function speedButton(clock) {
  const name = () => `Speed ${clock.speed}×`;
  const button = wordButton('1×', {class: 'av-button av-speed', 'aria-label': name(), title: 'Speed'}, () => {
    clock.speed = nextSpeed(clock.speed);
    button.textContent = `${clock.speed}×`;
    button.setAttribute('aria-label', name());
  });
  return button;
}

/** @type {(transport: Transport, playing: boolean) => void} */
export const showPlaying = ({playButton}, playing) =>
  changeButton(playButton, playing ? 'Pause' : 'Play', playing ? 'pause' : 'play');

/**
 * Show where the clock is.
 *
 * @type {(transport: Transport, scene: Pick<Scene, 'clock'>) => void}
 */
export function writeTransport({scrub}, {clock: {step, steps}}) {
  scrub.max = String(steps);
  scrub.value = String(step);
  scrub.style.setProperty('--av-progress', String(steps ? step / steps : 0));
  scrub.setAttribute('aria-valuetext', `step ${step} of ${steps}`);
}
