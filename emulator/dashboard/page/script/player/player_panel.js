/**
 * The player with its steps, and the switch that breaks one of them.
 */
import { h, newId, setText } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { card } from '../base/parts.js';
import { posterOf } from '../videos/posters.js';
import { mediaNote, timeLeft } from '../videos/video_facts.js';
import { setCurrentPlayer } from './current_player.js';
import { Player } from './player.js';
import { fragmentCells, STEP_TITLES, stepElement } from './player_steps.js';

const BREAKS = [
  ['nothing', 'Nothing', 'All as it should be'],
  ['token', 'The token', 'Its signature is forged: the key is refused'],
  ['key', 'The key', 'One bit is changed: fragments do not decrypt'],
  ['iv', 'The IV', 'One bit is changed: fragments begin with garbage'],
];

function breakChoice(onChange) {
  const name = newId('break');
  const detail = h('span', { class: 'muted small' }, BREAKS[0][2]);
  return h(
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
}

// Without media work (--media off) the manifest says that there is nothing.
function canPlay({ media }) {
  return media?.state !== 'working' && !media?.problem;
}

// Why a video cannot be played yet, or at all.
function whyNot(entity) {
  if (entity.state === 'Completed') return mediaNote(entity) || 'There is nothing to play';
  return timeLeft(entity) || mediaNote(entity) || `${entity.state}: there is nothing to play`;
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
  const steps = Object.fromEntries(
    Object.keys(STEP_TITLES).map((name) => [name, stepElement(name)]),
  );
  let breaks = 'nothing';
  let posterFor = null;

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
      const isReady = entity.state === 'Completed' && canPlay(entity);
      playButton.disabled = !isReady;
      if (player.state === 'idle') setText(playButton.lastChild, isReady ? 'Play' : whyNot(entity));
      if (!isReady || posterFor === entity.media?.state) return;
      posterFor = entity.media?.state;
      posterOf(entity).then((url) => url && video.setAttribute('poster', url));
    },
    end() {
      endWatch();
      clearInterval(ticking);
      player.stop();
      setCurrentPlayer(id, null);
    },
  };
}
