/**
 * The emulator's clock: freeze, move, scale, reset.
 */
import { fill, h, setText } from '../base/dom.js';
import { count, formatCountdown, formatInstant } from '../base/format.js';
import { badge, button, card, select } from '../base/parts.js';
import { say } from '../base/toast.js';
import { clock } from '../live/clock.js';
import { videos } from '../live/videos.js';
import { nameOf } from '../videos/video_facts.js';

const FACTORS = [
  ['10', '10 times as fast'],
  ['60', '60 times as fast'],
  ['600', '600 times as fast'],
  ['0.1', '10 times as slow'],
];
const MODE_WORDS = { real: 'running', frozen: 'frozen', scaled: 'scaled' };

async function change(action) {
  const fired = await clock.change(action);
  if (fired.length > 0)
    say(
      `${count(fired.length, 'video')} changed: ${fired
        .slice(0, 3)
        .map(
          ({ videoId, to }) =>
            `${nameOf(videos.get(videoId) ?? { OriginalFileName: videoId })} is ${to}`,
        )
        .join(', ')}.`,
    );
  return fired;
}

function pendingList() {
  const soonest = [...clock.pending].sort(([, one], [, other]) => one.at - other.at);
  if (soonest.length === 0) return h('p', { class: 'muted' }, 'Time will change no video.');
  return h(
    'ul',
    { class: 'plain-list' },
    soonest.slice(0, 5).map(([id, { at, to }]) => {
      const video = videos.get(id);
      return h(
        'li',
        {},
        h('a', { href: `#/videos/${id}` }, video ? nameOf(video) : id),
        ` becomes ${to} in ${formatCountdown(at - clock.now())}`,
      );
    }),
    soonest.length > 5 && h('li', { class: 'muted' }, `and ${soonest.length - 5} more`),
  );
}

/** `{element, end()}`. */
export function clockPanel() {
  const time = h('span', { class: 'big-time' });
  const mode = h('span', {});
  const pending = h('div', {});
  const factor = select(FACTORS, '60', { 'aria-label': 'Speed of the clock' });
  const freeze = button(
    'Freeze',
    () => change({ action: clock.mode === 'frozen' ? 'reset' : 'freeze' }),
    { picture: 'pause' },
  );
  const element = card(
    'Clock',
    h('div', { class: 'clock-face' }, time, mode),
    h(
      'div',
      { class: 'form-row' },
      freeze,
      button('+1 min', () => change({ action: 'advance', durationMillis: 60_000 }), {
        picture: 'next',
      }),
      button('+1 h', () => change({ action: 'advance', durationMillis: 3_600_000 }), {
        picture: 'next',
      }),
      button('To the next change', () => change({ action: 'advanceToNext' }), {
        picture: 'skip',
        kind: 'primary',
        title: 'Moves the clock to the instant at which a video changes',
      }),
    ),
    h(
      'div',
      { class: 'form-row' },
      factor,
      button('Scale', () => change({ action: 'scale', factor: Number(factor.value) })),
      button('Back to real time', () => change({ action: 'reset' }), { picture: 'reset' }),
    ),
    h('h3', {}, 'What time will do'),
    pending,
  );
  const draw = () => {
    setText(time, formatInstant(clock.now()));
    fill(
      mode,
      badge(
        clock.mode === 'scaled'
          ? `scaled ×${clock.factor}`
          : (MODE_WORDS[clock.mode] ?? clock.mode),
        clock.mode === 'real' ? 'quiet' : 'status-info',
        'clock',
      ),
    );
    setText(freeze.lastChild, clock.mode === 'frozen' ? 'Unfreeze' : 'Freeze');
    fill(pending, pendingList());
  };
  draw();
  const ticking = setInterval(draw, 500);
  const endWatch = clock.watch(draw);
  return {
    element,
    end() {
      clearInterval(ticking);
      endWatch();
    },
  };
}
