/**
 * Paths on demand: at most one question is on its way, and of all that were asked meanwhile only the newest is asked next.
 *
 * A hand that drags asks faster than anybody answers. Each answer is shown when it comes, so that the picture follows the hand; an
 * answer that is older than what is shown is not.
 */

const ROOM = 256; // answers kept: who goes back sees at once what was there

/**
 * Someone who fetches answers: `ask` wants one, `forget` wants none of those still under way, `isWaiting` tells whether one is wanted.
 *
 * @param {(link: string) => Promise<object>} fetch gets the answer to a link
 * @param {(answer: object, about: unknown) => void} show is called with each answer that is still news, and what was said about its question
 * @param {(reason: Error) => void} fail is called when an answer that is still wanted cannot be had
 * @returns {{ask: (link: string, about?: unknown) => void, forget: () => void, isWaiting: () => boolean}} all return at once
 */
export function latestOnly(fetch, show, fail) {
  const known = new Map();
  let newest = 0, shown = 0, wanted = null, busy = false;

  function present(answer, {about, number}) {
    if (number <= shown) return;
    shown = number;
    show(answer, about);
  }

  function keep(link, answer) {
    known.delete(link);
    known.set(link, answer);
    if (known.size > ROOM) known.delete(known.keys().next().value);
  }

  async function go() {
    if (busy) return;
    busy = true;
    while (wanted) {
      const question = wanted;
      try {
        const answer = known.get(question.link) ?? await fetch(question.link); // oxlint-disable-line no-await-in-loop -- one after another is the point
        keep(question.link, answer);
        if (wanted === question) wanted = null;
        present(answer, question);
      } catch (error) {
        if (wanted === question) wanted = null;
        if (question.number > shown) fail(error);
      }
    }
    busy = false;
  }

  function ask(link, about = link) {
    newest += 1;
    const question = {link, about, number: newest};
    if (known.has(link)) {
      wanted = null;
      present(known.get(link), question);
    } else {
      wanted = question;
      go();
    }
  }

  return {ask, forget: () => { wanted = null; shown = newest; }, isWaiting: () => wanted !== null};
}
