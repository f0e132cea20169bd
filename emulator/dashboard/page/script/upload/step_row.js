/**
 * A step of an upload: its state, its status, what went wrong, and its request as curl.
 */
import { curlOf } from '../api/curl.js';
import { fill, h, setText } from '../base/dom.js';
import { codeBlock } from '../base/parts.js';
import { stepFrame } from '../base/step_frame.js';
import { errorWords } from '../base/toast.js';

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
  const errorPlace = h('div', { class: 'step-error', hidden: true });
  const curl = curlDetails();
  const frame = stepFrame(title, ...extra, errorPlace, curl.element);
  let shown = null;
  return {
    element: frame.element,
    update({ state, words = '', answer = null, error = null, request = null }) {
      if (shown !== state) {
        shown = state;
        frame.setState(state);
      }
      setText(frame.note, words);
      frame.setStatus(answer);
      errorPlace.hidden = !error;
      if (error && errorPlace.dataset.message !== error.message) {
        errorPlace.dataset.message = error.message;
        fill(errorPlace, errorWords(error));
      }
      curl.update(request);
    },
  };
}
