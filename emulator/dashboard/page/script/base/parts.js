/**
 * Parts that several views have: buttons, switches, badges, code to copy, dialogs.
 */
import { fill, h, newId } from './dom.js';
import { icon } from './icons.js';
import { attempt, say } from './toast.js';

/**
 * A button that runs `action` and shows its error. It cannot be pressed again while it runs.
 * @param {string} text
 * @param {() => (void|Promise<*>)} action
 * @param {{picture?: string, kind?: string, title?: string, class?: string}} [look]
 */
export function button(text, action, look = {}) {
  const element = h(
    'button',
    { type: 'button', class: `button ${look.kind ?? ''} ${look.class ?? ''}`, title: look.title },
    look.picture && icon(look.picture),
    h('span', {}, text),
  );
  element.addEventListener('click', async () => {
    if (element.getAttribute('aria-disabled') === 'true') return;
    element.setAttribute('aria-disabled', 'true'); // Not `disabled`, which would lose the focus.
    await attempt(action);
    element.removeAttribute('aria-disabled');
  });
  return element;
}

/** A button with a picture alone; `name` is what screen readers and the tooltip say. */
export function iconButton(picture, name, action) {
  const element = h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': name, title: name },
    icon(picture),
  );
  element.addEventListener('click', () => attempt(action));
  return element;
}

/** A switch. `{element, input}`. */
export function toggle(text, isOn, onChange, detail = null) {
  const input = h('input', {
    type: 'checkbox',
    role: 'switch',
    class: 'switch-input',
    checked: isOn,
  });
  input.addEventListener('change', () => onChange?.(input.checked));
  const element = h(
    'label',
    { class: 'switch' },
    input,
    h('span', { class: 'switch-track', 'aria-hidden': 'true' }),
    h('span', {}, text, detail && h('span', { class: 'switch-detail' }, detail)),
  );
  return { element, input };
}

/** A labelled field around `control`. */
export function field(text, control, detail = null) {
  control.id ||= newId('field');
  return h(
    'div',
    { class: 'field' },
    h('label', { for: control.id }, text),
    control,
    detail && h('span', { class: 'muted small' }, detail),
  );
}

/** A choice of `options`: [value, text] or one string for both. */
export function select(options, value, attributes = {}) {
  return h(
    'select',
    attributes,
    options.map((option) => {
      const [key, text] = Array.isArray(option) ? option : [option, option];
      return h('option', { value: key, selected: key === value }, text);
    }),
  );
}

const STATE_PICTURES = {
  Pending: 'pending',
  Processing: 'clock',
  Completed: 'check',
  Failed: 'cross',
};

/** The state of a video: a picture and a word, not a colour alone. */
export function stateBadge(state) {
  return h(
    'span',
    { class: `badge state-${state.toLowerCase()}` },
    icon(STATE_PICTURES[state] ?? 'dot', 14),
    state,
  );
}

/** A small label. */
export function badge(text, kind = '', picture = null, title = null) {
  return h('span', { class: `badge ${kind}`, title }, picture && icon(picture, 14), text);
}

/** The status of a response: number and kind. */
export function statusBadge(status) {
  if (!status)
    return badge('cut', 'status-bad', null, 'The connection ended before a response was sent');
  const kind = status < 300 ? 'ok' : status < 400 ? 'info' : status < 500 ? 'warn' : 'bad';
  return h('span', { class: `badge status-${kind}` }, String(status));
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  say('Copied.');
}

/** Code that can be copied. `name` says what it is. */
export function codeBlock(text, name) {
  return h(
    'div',
    { class: 'code-block' },
    h('pre', { tabindex: '0', 'aria-label': name }, h('code', {}, text)),
    navigator.clipboard && iconButton('copy', `Copy ${name}`, () => copy(text)),
  );
}

/** A row of a list of facts, or nothing without a value. */
export function fact(name, ...value) {
  const known = value.flat().some((part) => part !== null && part !== undefined && part !== '');
  return known ? h('div', { class: 'fact' }, h('dt', {}, name), h('dd', {}, ...value)) : null;
}

/** A progress bar with a name; `set(0…1)`. */
export function progressBar(name) {
  const bar = h('div', { class: 'progress-bar' });
  const element = h(
    'div',
    {
      class: 'progress',
      role: 'progressbar',
      'aria-label': name,
      'aria-valuemin': '0',
      'aria-valuemax': '100',
    },
    bar,
  );
  const set = (part) => {
    const percent = Math.round(Math.min(1, Math.max(0, part)) * 100);
    if (element.getAttribute('aria-valuenow') === String(percent)) return;
    bar.style.setProperty('transform', `scaleX(${percent / 100})`);
    element.setAttribute('aria-valuenow', String(percent));
  };
  set(0);
  return { element, set };
}

/**
 * Opens a dialog. `content(close)` gives its parts; the promise resolves to what `close` was called
 * with, undefined if the dialog was dismissed.
 */
export function openDialog(title, content, className = '') {
  return new Promise((resolve) => {
    const heading = h('h2', { id: newId('dialog') }, title);
    const dialog = h('dialog', { class: `dialog ${className}`, 'aria-labelledby': heading.id });
    let result;
    const close = (value) => {
      result = value;
      dialog.close();
    };
    const head = h(
      'div',
      { class: 'dialog-head' },
      heading,
      iconButton('cross', 'Close', () => close(undefined)),
    );
    fill(dialog, head, content(close));
    dialog.addEventListener('click', (event) => event.target === dialog && close(undefined));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Asks before something that cannot be taken back. Resolves to whether to go on. */
export async function confirmDialog(title, text, action) {
  const answer = await openDialog(title, (close) => [
    h('p', {}, text),
    h(
      'div',
      { class: 'dialog-buttons' },
      button('Cancel', () => close(false)),
      button(action, () => close(true), { kind: 'danger' }),
    ),
  ]);
  return answer === true;
}

/** What is shown if there is nothing to show. */
export function emptyState(picture, title, ...text) {
  return h(
    'div',
    { class: 'empty' },
    icon(picture, 40),
    h('p', { class: 'empty-title' }, title),
    h('p', { class: 'muted' }, ...text),
  );
}

/** A section with a heading. */
export function card(title, ...children) {
  const heading = h('h2', { id: newId('card') }, title);
  return h('section', { class: 'card', 'aria-labelledby': heading.id }, heading, ...children);
}
