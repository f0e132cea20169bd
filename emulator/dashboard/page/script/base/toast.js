/**
 * Short messages at the edge of the page, read out by screen readers.
 */
import { h } from './dom.js';
import { icon } from './icons.js';

const SHOWN_MILLIS = 7000;

function show(kind, picture, ...content) {
  const close = h(
    'button',
    { class: 'icon-button', type: 'button', 'aria-label': 'Dismiss' },
    icon('cross', 14),
  );
  const toast = h(
    'div',
    { class: `toast toast-${kind}` },
    icon(picture),
    h('div', { class: 'toast-text' }, ...content),
    close,
  );
  const remove = () => toast.remove();
  close.addEventListener('click', remove);
  document.getElementById('toasts').append(toast);
  if (kind === 'bad') return; // An error stays until it is dismissed.
  const hide = () => (toast.matches(':hover, :focus-within') ? setTimeout(hide, 1000) : remove());
  setTimeout(hide, SHOWN_MILLIS);
}

/** Says that something was done. */
export function say(text) {
  show('ok', 'check', text);
}

/** Shows an error in the words of the API that gave it. */
export function sayError(error) {
  show('bad', 'warning', ...errorWords(error));
}

/** The parts of an error: title, detail, hint. */
export function errorWords(error) {
  return [
    h('strong', {}, error.title ?? error.message),
    error.detail && h('div', {}, error.detail),
    error.hint && h('div', { class: 'muted' }, error.hint),
  ];
}

/** Runs `action`; if it fails, shows why. Resolves to its result, or to undefined. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    if (error.name !== 'AbortError') sayError(error);
    return undefined;
  }
}
