/**
 * The token of --admin-token: asked for once, kept in memory only.
 */
import { h, newId } from '../base/dom.js';
import { Emitter } from '../base/emitter.js';
import { button, openDialog } from '../base/parts.js';

/** Changes when a token is given. */
export const tokenChanges = new Emitter();

let token = '';
let isDeclined = false;
let asking = null;

/** The headers that requests to the control API need. */
export function tokenHeaders() {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

function tokenForm(close) {
  const input = h('input', {
    type: 'password',
    id: newId('token'),
    autocomplete: 'off',
    required: true,
    autofocus: true,
  });
  const form = h(
    'form',
    { class: 'stack' },
    h(
      'p',
      {},
      'This emulator was started with --admin-token. The page keeps the token in memory only.',
    ),
    h('div', { class: 'field' }, h('label', { for: input.id }, 'Token'), input),
    h(
      'div',
      { class: 'dialog-buttons' },
      button('Use this token', () => form.requestSubmit(), { kind: 'primary' }),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value) close(input.value);
  });
  return form;
}

/**
 * Asks for the token, unless the person has declined and does not want to be asked again. Requests
 * that need it at the same time share one question. Resolves to whether there is a new one.
 */
export function askForToken({ isWanted = false } = {}) {
  if (isDeclined && !isWanted) return Promise.resolve(false);
  asking ??= openDialog('Administration token', tokenForm).then((given) => {
    asking = null;
    isDeclined = !given;
    if (!given) return false;
    token = given;
    tokenChanges.changed();
    return true;
  });
  return asking;
}
