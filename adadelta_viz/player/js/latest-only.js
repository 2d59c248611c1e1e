/**
 * Answers on demand: at most one question is on its way, and of all that were asked meanwhile only the newest is asked
 * next.
 *
 * A hand that drags asks faster than anybody answers. Each answer is shown when it comes, so that the picture follows
 * the hand; an answer that is older than what is shown is not.
 */

const KEPT = 256; // answers: who goes back sees at once what was there

/** @typedef {{link: string, about: any, number: number}} Question */
/**
 * @typedef {object} Queue
 * @property {(link: string) => Promise<any>} fetch gets the answer to a link
 * @property {(answer: any, about: any) => void} show is called with each answer that is still news
 * @property {(reason: unknown) => void} fail is called when an answer that is still wanted cannot be had
 * @property {Map<string, any>} known answers by link, the oldest first
 * @property {Question | null} wanted what is asked next, or on its way
 * @property {number} newest number of the last question
 * @property {number} shown number of the last question whose answer was shown
 * @property {boolean} busy whether a question is on its way
 */

/**
 * Someone who fetches answers: `ask` wants one, `forget` wants none of those still under way, `isWaiting` tells whether
 * one is wanted. All return at once.
 *
 * @template Answer, About
 * @param {(link: string) => Promise<Answer>} fetch gets the answer to a link
 * @param {(answer: Answer, about: About) => void} show is called with each answer that is still news
 * @param {(reason: unknown) => void} fail is called when an answer that is still wanted cannot be had
 */
export function latestOnly(fetch, show, fail) {
  /** @type {Queue} */
  const queue = {fetch, show, fail, known: new Map(), wanted: null, newest: 0, shown: 0, busy: false};
  return {
    ask: (/** @type {string} */ link, /** @type {About} */ about) => ask(queue, link, about),
    forget: () => { queue.wanted = null; queue.shown = queue.newest; }, isWaiting: () => queue.wanted !== null,
  };
}

/** @type {(queue: Queue, link: string, about: unknown) => void} */
function ask(queue, link, about) {
  queue.newest += 1;
  const question = {link, about, number: queue.newest}, isKnown = queue.known.has(link);
  queue.wanted = isKnown ? null : question;
  if (isKnown) present(queue, queue.known.get(link), question);
  else work(queue);
}

/** @param {Queue} queue */
async function work(queue) {
  if (queue.busy) return;
  queue.busy = true;
  // oxlint-disable-next-line no-await-in-loop -- one after another is the point
  while (queue.wanted) await settle(queue, queue.wanted);
  queue.busy = false;
}

/** @type {(queue: Queue, question: Question) => Promise<void>} */
async function settle(queue, question) {
  const {known, fetch, fail} = queue, done = () => { if (queue.wanted === question) queue.wanted = null; };
  try {
    const answer = known.get(question.link) ?? await fetch(question.link);
    keep(known, question.link, answer);
    done();
    present(queue, answer, question);
  } catch (error) {
    done();
    if (question.number > queue.shown) fail(error);
  }
}

/** @type {(known: Map<string, any>, link: string, answer: unknown) => void} */
function keep(known, link, answer) {
  known.delete(link);
  known.set(link, answer);
  const [oldest] = known.keys();
  if (known.size > KEPT) known.delete(oldest);
}

/** @type {(queue: Queue, answer: unknown, question: Question) => void} */
function present(queue, answer, {about, number}) {
  if (number <= queue.shown) return;
  queue.shown = number;
  queue.show(answer, about);
}
