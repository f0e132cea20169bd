/**
 * The player with its steps, and the switch that breaks one of them.
 */
import { curlOf } from '../api/curl.js';
import { fill, h, newId, setText } from '../base/dom.js';
import {
  formatCountdown,
  formatDuration,
  formatInstant,
  formatSpan,
  toHex,
} from '../base/format.js';
import { icon } from '../base/icons.js';
import { badge, card, codeBlock, statusBadge } from '../base/parts.js';
import { errorWords } from '../base/toast.js';
import { clock } from '../live/clock.js';
import { posterOf } from '../videos/posters.js';
import { mediaNote, timeLeft } from '../videos/video_facts.js';
import { setCurrentPlayer } from './current_player.js';
import { explainLast } from './explain_last.js';
import { Player } from './player.js';
import { claimsOf, expiryOf } from './token.js';

const TITLES = {
  endpoint: 'Playback endpoint',
  manifest: 'DASH manifest',
  token: 'Token',
  key: 'Content key',
  fragments: 'Fragments',
};
const PICTURES = {
  waiting: 'dot',
  running: 'clock',
  done: 'check',
  failed: 'cross',
  unneeded: 'dot',
};
const BREAKS = [
  ['nothing', 'Nothing', 'All as it should be'],
  ['token', 'The token', 'Its signature is forged: the key is refused'],
  ['key', 'The key', 'One bit is changed: fragments do not decrypt'],
  ['iv', 'The IV', 'One bit is changed: fragments begin with garbage'],
];

function breakChoice(onChange) {
  const name = newId('break');
  const detail = h('span', { class: 'muted small' }, BREAKS[0][2]);
  const element = h(
    'fieldset',
    { class: 'choice' },
    h('legend', {}, 'Break'),
    h(
      'div',
      { class: 'choice-buttons' },
      BREAKS.map(([value, text, words], index) => {
        const input = h('input', {
          type: 'radio',
          name,
          value,
          checked: index === 0,
          class: 'visually-hidden',
        });
        input.addEventListener('change', () => {
          setText(detail, words);
          onChange(value);
        });
        return h('label', { class: 'choice-button' }, input, h('span', {}, text));
      }),
    ),
    detail,
  );
  return element;
}

function tokenDetails({ token, isForged }) {
  if (!token) return null;
  return h(
    'table',
    { class: 'claims' },
    h('caption', { class: 'visually-hidden' }, 'Claims of the token'),
    claimsOf(token).map(({ name, fullName, value }) =>
      h(
        'tr',
        {},
        h('th', { scope: 'row', title: fullName }, name),
        h(
          'td',
          {},
          h('code', {}, value),
          isForged && name === 'HMACSHA256' && badge('forged', 'status-bad'),
        ),
      ),
    ),
  );
}

function manifestDetails({ manifest }) {
  if (!manifest) return null;
  return h(
    'ul',
    { class: 'plain-list small' },
    manifest.tracks.map(({ kind, type, bandwidth, size, segments }) =>
      h(
        'li',
        {},
        `${kind}: ${[size, `${Math.round(bandwidth / 1000)} kbit/s`, `${segments.length} fragments`].filter(Boolean).join(', ')} `,
        h('code', {}, type),
      ),
    ),
  );
}

const DETAILS = {
  endpoint: ({ url }) => url && h('code', { class: 'wrap small' }, url),
  manifest: manifestDetails,
  token: tokenDetails,
  key: ({ bytes }) => bytes && h('code', {}, toHex(bytes)),
  fragments: () => null,
};

function expiryWords(token) {
  const expiry = expiryOf(token);
  if (expiry === null) return '';
  const left = expiry - clock.now();
  return left > 0 ? `expires in ${formatCountdown(left)}` : `expired at ${formatInstant(expiry)}`;
}

function noteOf(name, step) {
  if (step.state === 'unneeded') return 'not needed: the video is clear';
  if (step.state === 'waiting') return '';
  if (name === 'token' && step.token) return expiryWords(step.token);
  if (name === 'manifest' && step.manifest) return formatDuration(step.manifest.duration);
  return step.millis === undefined || name === 'fragments' ? '' : formatSpan(step.millis);
}

function stepElement(name) {
  const mark = h('span', { class: 'step-mark' });
  const status = h('span', {});
  const note = h('span', { class: 'muted small' });
  const details = h('div', { class: 'step-details' });
  const error = h('div', { class: 'step-error', role: 'alert' });
  const element = h(
    'li',
    { class: 'step' },
    mark,
    h(
      'div',
      { class: 'step-body' },
      h(
        'div',
        { class: 'step-head' },
        h('span', { class: 'step-title' }, TITLES[name]),
        status,
        note,
      ),
      details,
      error,
    ),
  );
  let shown = '';
  return {
    element,
    details,
    note: (step) => setText(note, noteOf(name, step)),
    update(step) {
      setText(note, noteOf(name, step));
      const now = `${step.state} ${step.status} ${step.token} ${step.url} ${Boolean(step.manifest)}`;
      if (now === shown) return;
      shown = now;
      element.dataset.state = step.state;
      fill(
        mark,
        icon(PICTURES[step.state], 16),
        h('span', { class: 'visually-hidden' }, step.state),
      );
      fill(status, step.status ? statusBadge(step.status) : null);
      if (name !== 'fragments') {
        fill(
          details,
          DETAILS[name](step),
          step.request &&
            h(
              'details',
              { class: 'step-curl' },
              h('summary', {}, 'curl'),
              codeBlock(curlOf(step.request), 'the request as curl'),
            ),
        );
      }
      fill(error, step.error ? errorWords(step.error) : null);
      if (name === 'key' && step.state === 'failed') addExplanation(error, step.status);
    },
  };
}

async function addExplanation(place, status) {
  const found = await explainLast('GetKey', status).catch(() => null);
  if (!found) return;
  place.append(
    h(
      'div',
      {},
      `The emulator explains: ${found.because.join('; ')}. `,
      h('a', { href: `#/traffic/${found.id}` }, 'See the request'),
    ),
  );
}

// A row of cells for each track.
function fragmentCells(place, player) {
  if (place.dataset.tracks !== String(player.tracks.length)) {
    place.dataset.tracks = player.tracks.length;
    fill(
      place,
      player.tracks.map(({ track }) =>
        h(
          'div',
          { class: 'track' },
          h('span', { class: 'small track-name' }, track.kind),
          h(
            'div',
            { class: 'cells', role: 'img' },
            track.segments.slice(0, 400).map(() => h('span', { class: 'cell' })),
          ),
        ),
      ),
    );
  }
  player.tracks.forEach((buffer, index) => {
    const cells = place.children[index].lastChild;
    cells.setAttribute(
      'aria-label',
      `${buffer.states.filter((state) => state === 'ready').length} of ${buffer.states.length} fragments are there`,
    );
    buffer.states.slice(0, 400).forEach((state, cell) => {
      cells.children[cell].dataset.state = state;
    });
  });
}

/** `{element, stepsElement, set(video), play(breaks), player, end()}`. */
export function playerPanel(id) {
  const video = h('video', { class: 'player-video', playsinline: true, 'aria-label': 'The video' });
  const player = new Player(video);
  const playButton = h(
    'button',
    { type: 'button', class: 'play-button' },
    icon('play', 34),
    h('span', {}, 'Play'),
  );
  const cover = h('div', { class: 'player-cover' }, playButton);
  const steps = Object.fromEntries(Object.keys(TITLES).map((name) => [name, stepElement(name)]));
  let breaks = 'nothing';
  let hasPoster = false;

  const play = (what = breaks) => player.start(id, what);
  playButton.addEventListener('click', () => play().catch(() => {})); // The steps show why not.

  const list = h(
    'ol',
    { class: 'steps player-steps' },
    Object.values(steps).map(({ element }) => element),
  );
  const again = h(
    'div',
    { class: 'form-row' },
    breakChoice((value) => {
      breaks = value;
      if (player.state !== 'idle') play().catch(() => {});
    }),
  );
  const element = h(
    'section',
    { class: 'card player', 'aria-label': 'Player' },
    h('div', { class: 'player-frame' }, video, cover),
    again,
  );
  const stepsElement = card('How it plays', list);

  const draw = () => {
    video.controls = player.state === 'playing' || player.state === 'ended';
    cover.hidden = player.state !== 'idle' && player.state !== 'failed';
    setText(playButton.lastChild, player.state === 'failed' ? 'Try again' : 'Play');
    element.dataset.player = player.state;
    for (const [name, step] of Object.entries(player.steps)) steps[name].update(step);
    fragmentCells(steps.fragments.details, player);
  };
  const endWatch = player.watch(draw);
  const ticking = setInterval(() => steps.token.note(player.steps.token), 1000);
  draw();
  setCurrentPlayer(id, player);

  return {
    element,
    stepsElement,
    player,
    play,
    set(entity) {
      const isReady = entity.state === 'Completed';
      playButton.disabled = !isReady;
      if (player.state === 'idle')
        setText(
          playButton.lastChild,
          isReady
            ? 'Play'
            : timeLeft(entity) || mediaNote(entity) || `${entity.state}: there is nothing to play`,
        );
      if (!isReady || hasPoster) return;
      hasPoster = true;
      posterOf(id).then((url) => url && video.setAttribute('poster', url));
    },
    end() {
      endWatch();
      clearInterval(ticking);
      player.stop();
      setCurrentPlayer(id, null);
    },
  };
}
