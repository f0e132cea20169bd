/**
 * The bar of the tour at the lower edge. N or → makes the next step, Esc ends it.
 */
import { fill, h } from '../base/dom.js';
import { formatSpan } from '../base/format.js';
import { icon } from '../base/icons.js';
import { button, iconButton } from '../base/parts.js';
import { STEPS } from './steps.js';
import { tour } from './tour.js';

function dots() {
  const words = `Step ${Math.min(tour.report.length + 1, STEPS.length)} of ${STEPS.length}`;
  return h(
    'ol',
    { class: 'tour-dots', 'aria-label': words },
    STEPS.map(({ title }, index) => {
      const made = tour.report[index];
      const state = made
        ? made.isGood
          ? 'done'
          : 'failed'
        : index === tour.report.length && tour.isRunning
          ? 'running'
          : 'waiting';
      return h(
        'li',
        { 'data-state': state, title },
        made ? icon(made.isGood ? 'check' : 'cross', 12) : String(index + 1),
      );
    }),
  );
}

function lastWords() {
  const last = tour.report.at(-1);
  if (!last) return null;
  return h(
    'p',
    { class: `tour-seen ${last.isGood ? '' : 'is-bad'}` },
    icon(last.isGood ? 'check' : 'warning', 16),
    ' ',
    `${last.title}: ${last.seen}.`,
  );
}

function reportTable() {
  return h(
    'table',
    { class: 'table tour-report' },
    h(
      'caption',
      {},
      tour.report.every(({ isGood }) => isGood)
        ? 'All six steps were as expected'
        : 'Not every step was as expected',
    ),
    h(
      'tbody',
      {},
      tour.report.map(({ title, isGood, seen, millis }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, icon(isGood ? 'check' : 'cross', 14), ' ', title),
          h('td', {}, seen),
          h('td', { class: 'muted' }, formatSpan(millis)),
        ),
      ),
    ),
  );
}

function content() {
  const end = iconButton('cross', 'End the tour (Esc)', () => tour.close());
  if (tour.isOver)
    return [
      h(
        'div',
        { class: 'tour-head' },
        dots(),
        h('span', { class: 'grow' }),
        button('Again', () => tour.open(), { picture: 'reset' }),
        end,
      ),
      reportTable(),
    ];
  const { title, words } = tour.next;
  return [
    h(
      'div',
      { class: 'tour-head' },
      dots(),
      h('span', { class: 'grow' }),
      h(
        'span',
        { class: 'muted small tour-keys' },
        h('kbd', {}, 'N'),
        ' or ',
        h('kbd', {}, '→'),
        ' next step',
      ),
      button(tour.isRunning ? 'Running…' : 'Next step', () => tour.advance(), {
        kind: 'primary',
        picture: 'next',
      }),
      end,
    ),
    lastWords(),
    h(
      'p',
      { class: 'tour-words' },
      h('strong', {}, `${tour.report.length + 1}. ${title}. `),
      words,
    ),
  ];
}

function isTyping({ target }) {
  return target.closest('input, textarea, select, video, [role="listitem"]') !== null;
}

function onKey(event) {
  if (
    !tour.isOpen ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    isTyping(event) ||
    document.querySelector('dialog[open]')
  )
    return;
  if (event.key === 'n' || event.key === 'N' || event.key === 'ArrowRight') {
    event.preventDefault();
    tour.advance();
  } else if (event.key === 'Escape') {
    tour.close();
  }
}

/** The button that opens the tour; the bar is filled from here too. */
export function tourButton() {
  const bar = document.getElementById('tour');
  const draw = () => {
    const hadFocus = bar.contains(document.activeElement);
    bar.hidden = !tour.isOpen;
    document.body.classList.toggle('has-tour', tour.isOpen);
    fill(bar, tour.isOpen ? content() : []);
    if (hadFocus) bar.querySelector('.button')?.focus({ preventScroll: true });
  };
  tour.watch(draw);
  document.addEventListener('keydown', onKey);
  return button('Tour', () => tour.open(), {
    picture: 'flag',
    class: 'tour-button',
    title: 'Tour: six steps that show everything',
  });
}
