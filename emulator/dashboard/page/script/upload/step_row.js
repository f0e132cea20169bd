/**
 * A step of an upload: its state, its status, what went wrong, and its request as curl.
 */
import { curlOf } from '../api/curl.js';
import { fill, h, setText } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { codeBlock, statusBadge } from '../base/parts.js';
import { errorWords } from '../base/toast.js';

const STEP_PICTURES = { waiting: 'dot', running: 'clock', done: 'check', failed: 'cross' };

// Appears with the request, and stays as it is.
function curlDetails() {
  const summary = h('summary', {}, 'curl');
  const details = h('details', { class: 'step-curl', hidden: true }, summary);
  return {
    element: details,
    update(request) {
      if (!request || details.childElementCount > 1) return;
      details.hidden = false;
      details.append(codeBlock(curlOf(request), 'the request as curl'));
    },
  };
}

/**
 * A step: `{element, update({state, words, answer, error, request})}`. `state`: "waiting", "running", "done",
 * "failed"; `answer`: a status.
 */
export function stepRow(title, ...extra) {
  const mark = h('span', { class: 'step-mark' });
  const note = h('span', { class: 'muted small' });
  const status = h('span', {});
  const errorPlace = h('div', { class: 'step-error', hidden: true });
  const curl = curlDetails();
  const element = h(
    'li',
    { class: 'step' },
    mark,
    h(
      'div',
      { class: 'step-body' },
      h('div', { class: 'step-head' }, h('span', { class: 'step-title' }, title), status, note),
      ...extra,
      errorPlace,
      curl.element,
    ),
  );
  let shown = null;
  return {
    element,
    update({ state, words = '', answer = null, error = null, request = null }) {
      if (shown !== state) {
        shown = state;
        element.dataset.state = state;
        fill(mark, icon(STEP_PICTURES[state], 16), h('span', { class: 'visually-hidden' }, state));
      }
      setText(note, words);
      if (status.textContent !== String(answer ?? '')) fill(status, answer && statusBadge(answer));
      errorPlace.hidden = !error;
      if (error && errorPlace.dataset.message !== error.message) {
        errorPlace.dataset.message = error.message;
        fill(errorPlace, errorWords(error));
      }
      curl.update(request);
    },
  };
}
