/**
 * The steps of a playback, as they happen.
 */
import { curlOf } from '../api/curl.js';
import { fill, h, setText } from '../base/dom.js';
import {
  formatCountdown,
  formatDuration,
  formatInstant,
  formatSpan,
  toHex,
} from '../base/format.js';
import { badge, codeBlock } from '../base/parts.js';
import { stepFrame } from '../base/step_frame.js';
import { errorWords } from '../base/toast.js';
import { clock } from '../live/clock.js';
import { explainLast } from './explain_last.js';
import { claimsOf, expiryOf } from './token.js';

/** The steps in their order, by name. */
export const STEP_TITLES = {
  endpoint: 'Playback endpoint',
  manifest: 'DASH manifest',
  token: 'Token',
  key: 'Content key',
  fragments: 'Fragments',
};

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

/** A step: `{element, details, note(step), update(step)}`. */
export function stepElement(name) {
  const details = h('div', { class: 'step-details' });
  const error = h('div', { class: 'step-error', role: 'alert' });
  const frame = stepFrame(STEP_TITLES[name], details, error);
  let shown = '';
  return {
    element: frame.element,
    details,
    note: (step) => setText(frame.note, noteOf(name, step)),
    update(step) {
      setText(frame.note, noteOf(name, step));
      const now = `${step.state} ${step.status} ${step.token} ${step.url} ${Boolean(step.manifest)}`;
      if (now === shown) return;
      shown = now;
      frame.setState(step.state);
      frame.setStatus(step.status);
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
      if (name === 'key' && step.state === 'failed') addExplanation(error, step);
    },
  };
}

async function addExplanation(place, { status, request }) {
  const found = await explainLast('GetKey', status, request.url).catch(() => null);
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

/** Draws a row of cells for each track into `place`. */
export function fragmentCells(place, player) {
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
