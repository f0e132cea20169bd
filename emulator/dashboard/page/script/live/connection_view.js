/**
 * Whether the page is connected to the emulator, and what keeps it from being so.
 */
import { askForToken } from '../api/admin_token.js';
import { fill, h, setText } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { button } from '../base/parts.js';
import { errorWords } from '../base/toast.js';
import { connection } from './live.js';

const WORDS = {
  connecting: ['Connecting', 'The page is connecting to the emulator.'],
  open: ['Live', 'The page shows everything as it happens.'],
  lost: ['No connection', 'The emulator does not answer. The page tries again by itself.'],
};

/** The state in a word. */
export function connectionChip() {
  const text = h('span', {});
  const dot = h('span', { class: 'connection-dot' });
  const chip = h('span', { class: 'chip connection', role: 'status' }, dot, text);
  const draw = () => {
    const [word, title] = WORDS[connection.state];
    setText(text, word);
    chip.title = connection.reason?.message ?? title;
    chip.dataset.state = connection.state;
    document.body.dataset.connection = connection.state;
  };
  connection.watch(draw);
  draw();
  return chip;
}

function reasonWords() {
  const { reason } = connection;
  if (!reason) return WORDS.lost[1];
  const askAgain = () => askForToken({ isWanted: true });
  return [
    errorWords(reason),
    reason.status === 401 && button('Enter the token', askAgain, { picture: 'key' }),
  ];
}

/** Fills the banner below the bar for as long as there is no connection. */
export function connectionBanner() {
  const banner = document.getElementById('banner');
  connection.watch(() => {
    banner.hidden = connection.state !== 'lost';
    fill(
      banner,
      banner.hidden ? [] : [icon('warning'), h('div', { class: 'stack' }, reasonWords())],
    );
  });
}
