/**
 * A fault of one's own, as JSON.
 */
import { h, fill } from '../base/dom.js';
import { button, field } from '../base/parts.js';
import { errorWords, say } from '../base/toast.js';
import { faults } from '../live/faults.js';

const EXAMPLE = {
  match: { operation: 'PutBlock' },
  skip: 1,
  times: 1,
  action: { status: 503, errorCode: 'ServerBusy' },
};

let prepared = null;

/** Puts a fault into the form, which opens with the next view of Control. */
export function prepareFault(fault) {
  prepared = fault;
}

/** The element. */
export function faultForm() {
  const given = prepared;
  prepared = null;
  const text = h('textarea', { rows: '9', spellcheck: 'false', class: 'code-input' });
  text.value = JSON.stringify(given ?? EXAMPLE, null, 2);
  const error = h('div', { class: 'step-error', role: 'alert' });
  const add = async () => {
    fill(error);
    try {
      const { id } = await faults.add(JSON.parse(text.value));
      say(`Fault ${id} is armed.`);
    } catch (problem) {
      fill(error, errorWords(problem));
    }
  };
  const details = h(
    'details',
    { open: Boolean(given) },
    h('summary', {}, 'A fault of your own'),
    h(
      'div',
      { class: 'stack' },
      field(
        'The fault as JSON',
        text,
        'match, skip, times, probability, ttlMillis, phase, action: the API page says what each may be.',
      ),
      error,
      h('div', {}, button('Arm it', add, { picture: 'bolt', kind: 'primary' })),
    ),
  );
  if (given) {
    requestAnimationFrame(() => {
      details.scrollIntoView({ block: 'center' });
      text.focus();
    });
  }
  return details;
}
