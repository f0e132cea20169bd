/**
 * The faults that are armed, and the catalogue of faults.
 */
import { fill, h } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { badge, button, card, iconButton } from '../base/parts.js';
import { say } from '../base/toast.js';
import { faults } from '../live/faults.js';
import { actionWords, CATALOGUE, matchWords } from './fault_catalogue.js';
import { faultForm } from './fault_form.js';

function catalogueEntry({ name, title, detail, fault }) {
  const arm = async () => {
    const { id } = await faults.add(fault);
    say(`Fault ${id} is armed: ${title}.`);
  };
  return h(
    'li',
    { class: 'catalogue-entry' },
    h('div', {}, h('strong', {}, title), h('div', { class: 'muted small' }, detail)),
    button('Arm', arm, { picture: 'bolt', title: `Arm: ${title}`, class: `arm-${name}` }),
  );
}

function countWords({ fired, remaining, completed }) {
  if (completed) return `fired ${fired}×, spent`;
  return `fired ${fired}×${remaining === null || remaining === undefined ? '' : `, ${remaining} left`}`;
}

function armedRow(fault) {
  const state = fault.completed
    ? badge('spent', 'quiet', 'check')
    : badge('armed', 'status-warn', 'bolt');
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, String(fault.id)),
    h(
      'td',
      {},
      h('div', {}, h('strong', {}, matchWords(fault.match))),
      h(
        'div',
        { class: 'small' },
        actionWords(fault.action),
        fault.phase === 'after' && ', after the work',
        fault.skip > 0 && `, behind ${fault.skip}`,
        fault.probability < 1 && `, with ${fault.probability * 100} %`,
      ),
    ),
    h('td', {}, state, h('div', { class: 'muted small' }, countWords(fault))),
    h(
      'td',
      {},
      iconButton('trash', `Remove fault ${fault.id}`, () => faults.remove(fault.id)),
    ),
  );
}

function armedTable() {
  if (faults.list.length === 0) return h('p', { class: 'muted' }, 'No fault is armed.');
  return [
    h(
      'table',
      { class: 'table' },
      h('caption', { class: 'visually-hidden' }, 'Faults'),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, 'Id'),
          h('th', { scope: 'col' }, 'What'),
          h('th', { scope: 'col' }, 'State'),
          h('td', {}),
        ),
      ),
      h('tbody', {}, faults.list.map(armedRow)),
    ),
    h(
      'div',
      {},
      button('Remove all', () => faults.clear(), { picture: 'trash' }),
    ),
  ];
}

/** `{element, end()}`. */
export function faultPanel() {
  const armed = h('div', { class: 'stack' });
  const draw = () => fill(armed, armedTable());
  draw();
  const element = card(
    'Faults',
    h(
      'p',
      { class: 'muted' },
      icon('bolt', 16),
      ' An injected fault meets the next requests that match. It never meets this page’s control of the emulator.',
    ),
    h('h3', {}, 'Armed'),
    armed,
    h('h3', {}, 'Catalogue'),
    h('ul', { class: 'catalogue' }, CATALOGUE.map(catalogueEntry)),
    faultForm(),
  );
  return { element, end: faults.watch(draw) };
}
