/**
 * The frame of a step in a list of steps: a mark for its state, its title, a status and a note.
 */
import { fill, h } from './dom.js';
import { icon } from './icons.js';
import { statusBadge } from './parts.js';

const PICTURES = {
  waiting: 'dot',
  running: 'clock',
  done: 'check',
  failed: 'cross',
  unneeded: 'dot',
};

/**
 * A step with `below` under its head: `{element, note, setState(state), setStatus(status)}`. `state`: one of the above;
 * `status`: of a response, or nothing.
 */
export function stepFrame(title, ...below) {
  const mark = h('span', { class: 'step-mark' });
  const status = h('span', {});
  const note = h('span', { class: 'muted small' });
  const head = h('div', { class: 'step-head' }, h('span', { class: 'step-title' }, title), status, note);
  const element = h('li', { class: 'step' }, mark, h('div', { class: 'step-body' }, head, ...below));
  return {
    element,
    note,
    setState(state) {
      element.dataset.state = state;
      fill(mark, icon(PICTURES[state], 16), h('span', { class: 'visually-hidden' }, state));
    },
    setStatus(answer) {
      if (status.textContent === String(answer ?? '')) return;
      fill(status, answer ? statusBadge(answer) : null);
    },
  };
}
