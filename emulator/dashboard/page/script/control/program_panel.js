/**
 * The program of all videos that are marked complete from now on.
 */
import { admin } from '../api/http.js';
import { h, setText } from '../base/dom.js';
import { button, card, field, select } from '../base/parts.js';
import { attempt, say } from '../base/toast.js';

const PROGRESSIONS = [
  ['time', 'Completed after some seconds'],
  ['polls', 'Completed after some polls'],
  ['immediate', 'Completed at once'],
  ['hold', 'Never, until told'],
];

function wordsOf({ progression, seconds, times, steps }) {
  if (steps) return `Now: ${steps.length} steps of your own.`;
  const words = {
    time: `Completed ${seconds} s after MarkComplete`,
    polls: `Completed after ${times} polls`,
    immediate: 'Completed at once',
    hold: 'Processing until told',
  };
  return `Now: ${words[progression] ?? progression}.`;
}

/** `{element}`. */
export function programPanel() {
  const progression = select(PROGRESSIONS, 'time');
  const amount = h('input', { type: 'number', min: '0', step: '1', value: '10' });
  const amountField = field('Seconds', amount);
  const now = h('p', { class: 'muted', role: 'status' });
  const show = (program) => setText(now, wordsOf(program));
  const drawAmount = () => {
    const kind = progression.value;
    amountField.hidden = kind !== 'time' && kind !== 'polls';
    setText(amountField.firstChild, kind === 'polls' ? 'Polls' : 'Seconds');
  };
  progression.addEventListener('change', drawAmount);
  drawAmount();

  const put = async () => {
    const kind = progression.value;
    const json = {
      progression: kind,
      ...(kind === 'time' && { seconds: Number(amount.value) }),
      ...(kind === 'polls' && { times: Number(amount.value) }),
    };
    show(await admin('/transitions/video', { method: 'PUT', json }));
    say('Videos that are marked complete from now on follow it.');
  };
  const back = async () => {
    await admin('/transitions/video', { method: 'DELETE' });
    show(await admin('/transitions/video'));
  };
  attempt(async () => show(await admin('/transitions/video')));
  return {
    element: card(
      'Processing',
      now,
      h(
        'div',
        { class: 'form-row' },
        field('A video that is marked complete is', progression),
        amountField,
      ),
      h(
        'div',
        { class: 'form-row' },
        button('Use it', put, { kind: 'primary' }),
        button('As at the start', back, { picture: 'reset' }),
      ),
    ),
  };
}
