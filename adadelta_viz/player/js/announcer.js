/**
 * What a screen reader is told: news at once, and where a visitor is only when nothing has moved for a while.
 */

/** @import {Announcer} from './state.js' */

import {write} from './dom.js';

const QUIET = 400; // milliseconds without a move

/**
 * @param {Element} live its text is read out when it changes
 * @returns {Announcer}
 */
export function newAnnouncer(live) {
  let waiting = 0;
  const stop = () => clearTimeout(waiting);

  function later(/** @type {() => string} */ make) {
    stop();
    waiting = setTimeout(() => write(live, make()), QUIET);
  }

  return {now: (text) => write(live, text), later, stop};
}
