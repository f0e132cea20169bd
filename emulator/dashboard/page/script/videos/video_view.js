/**
 * One video: player, facts, timeline, diagnostics, and what can be done with it.
 */
import { admin } from '../api/http.js';
import { fill, h, setText } from '../base/dom.js';
import { formatBytes, formatDuration, formatInstant, formatSpan } from '../base/format.js';
import { icon } from '../base/icons.js';
import {
  badge,
  button,
  card,
  codeBlock,
  confirmDialog,
  emptyState,
  fact,
  select,
  stateBadge,
} from '../base/parts.js';
import { go } from '../base/router.js';
import { attempt, say } from '../base/toast.js';
import { clock } from '../live/clock.js';
import { journal } from '../live/journal.js';
import { videos } from '../live/videos.js';
import { playerPanel } from '../player/player_panel.js';
import { storyOf } from './story.js';
import { timeline } from './timeline.js';
import {
  isInputEncrypted,
  isProtected,
  mediaNote,
  mediaWords,
  nameOf,
  timeLeft,
} from './video_facts.js';

const STATES = ['Pending', 'Processing', 'Completed', 'Failed'];

function facts(video) {
  const { upload = {}, polling = {} } = video;
  return h(
    'dl',
    { class: 'facts' },
    fact('Id', h('code', {}, video.Id)),
    fact(
      'Size',
      upload.bytes
        ? `${formatBytes(upload.bytes)}${upload.blocks ? ` in ${upload.blocks} blocks` : ''}`
        : 'nothing uploaded yet',
    ),
    fact('Duration', video.Duration > 0 ? formatDuration(video.Duration) : null),
    fact('Playback', isProtected(video) ? 'protected with AES-128' : 'clear'),
    fact('Upload', isInputEncrypted(video) ? 'encrypted with AES-256' : 'plain'),
    fact('Key', video.ContentProtectionKeyId && h('code', {}, video.ContentProtectionKeyId)),
    fact('SHA-256', upload.sha256 && h('code', {}, upload.sha256)),
    fact(
      'Polls',
      polling.polls
        ? `${polling.polls}${polling.minIntervalMillis === null ? '' : `, at least ${formatSpan(polling.minIntervalMillis)} apart`}`
        : null,
    ),
    fact('Failure', video.failure && `${video.failure.reason} (code ${video.failure.code})`),
    fact('Media', mediaWords(video)),
  );
}

function diagnosticsOf(video) {
  if (!video.diagnostics?.length) return null;
  return card(
    'Diagnostics',
    h(
      'ul',
      { class: 'diagnostics' },
      video.diagnostics.map(({ code, message, firstAt, count }) =>
        h(
          'li',
          {},
          icon('warning'),
          h(
            'div',
            {},
            h('strong', {}, code),
            count > 1 && ` ×${count}`,
            h('div', {}, message),
            h('div', { class: 'muted small' }, formatInstant(Date.parse(firstAt))),
          ),
        ),
      ),
    ),
  );
}

function setStateForm(id) {
  const state = select(STATES, 'Completed', { 'aria-label': 'New state' });
  const reason = h('input', {
    type: 'text',
    placeholder: 'Reason, for Failed',
    'aria-label': 'Reason of the failure',
  });
  const change = async () => {
    const json = {
      state: state.value,
      ...(state.value === 'Failed' && reason.value ? { reason: reason.value } : {}),
    };
    await admin(`/videos/${id}/state`, { method: 'PUT', json });
    await videos.read(id);
    say(`The video is ${state.value} now.`);
  };
  return h('div', { class: 'form-row' }, state, reason, button('Set the state', change));
}

function programForm(id) {
  const programs = [
    [
      'later',
      'Processing for 30 s, then Completed',
      [{ state: 'Processing', forMillis: 30_000 }, { state: 'Completed' }],
    ],
    [
      'polls',
      'Processing for 3 polls, then Completed',
      [{ state: 'Processing', polls: 3 }, { state: 'Completed' }],
    ],
    [
      'fails',
      'Processing for 2 polls, then Failed',
      [
        { state: 'Processing', polls: 2 },
        { state: 'Failed', code: 4, reason: 'no video track' },
      ],
    ],
  ];
  const chosen = select(
    programs.map(([key, text]) => [key, text]),
    'later',
    { 'aria-label': 'Program' },
  );
  const put = async () => {
    const steps = programs.find(([key]) => key === chosen.value)[2];
    await admin(`/videos/${id}/program`, { method: 'PUT', json: { steps } });
    await Promise.all([videos.read(id), clock.load()]);
    say('The video has its program.');
  };
  return h('div', { class: 'form-row' }, chosen, button('Give it this program', put));
}

async function deleteVideo(video) {
  const text = `“${nameOf(video)}” goes with its upload and its key.`;
  if (!(await confirmDialog('Delete this video?', text, 'Delete'))) return;
  await admin(`/videos/${video.Id}`, { method: 'DELETE' });
  await videos.load();
  say('Deleted.');
  go('/videos');
}

function head(video) {
  return [
    stateBadge(video.state),
    isProtected(video) && badge('AES-128', 'quiet', 'lock'),
    isInputEncrypted(video) && badge('AES-256 upload', 'quiet', 'lock'),
    h('span', { class: 'muted', 'data-left': '' }, timeLeft(video) || mediaNote(video)),
  ];
}

// A function that runs `action`, and once more if it is called meanwhile. Errors are shown elsewhere:
// the connection is lost then.
function latest(action) {
  let running = null;
  let isDue = false;
  const run = () =>
    action()
      .catch(() => {})
      .finally(() => {
        running = isDue ? run() : null;
        isDue = false;
      });
  return () => {
    if (running) isDue = true;
    else running = run();
  };
}

/** The view of "#/videos/<id>". */
export function videoView(main, route) {
  const id = route.parts[1];
  const title = h('h1', { tabindex: '-1' }, 'Video');
  const badges = h('div', { class: 'badges' });
  const factsPlace = h('div', {});
  const diagnosticsPlace = h('div', { class: 'diagnostics-place' });
  const entity = h('div', {});
  const body = h('div', { class: 'video-columns' });
  const player = playerPanel(id);
  const story = timeline();
  let isGone = false;

  const drawStory = latest(async () => story.set(await storyOf(videos.get(id)), id));
  const draw = () => {
    const video = videos.get(id);
    if (!video) {
      if (videos.isLoaded && !isGone) {
        isGone = true;
        fill(
          main,
          back,
          h('h1', { tabindex: '-1' }, 'Video'),
          emptyState(
            'film',
            'This video does not exist',
            'It was deleted, or the emulator was reset.',
          ),
        );
      }
      return;
    }
    setText(title, nameOf(video));
    fill(badges, head(video));
    fill(factsPlace, facts(video));
    fill(diagnosticsPlace, diagnosticsOf(video));
    if (entity.dataset.text !== JSON.stringify(video)) {
      entity.dataset.text = JSON.stringify(video);
      fill(entity, codeBlock(JSON.stringify(video, null, 2), 'the entity as JSON'));
    }
    player.set(video);
    drawStory();
  };
  const back = h('a', { class: 'back-link', href: '#/videos' }, icon('back', 16), 'All videos');

  fill(
    body,
    h(
      'div',
      { class: 'stack' },
      player.element,
      diagnosticsPlace,
      card(
        'Facts',
        factsPlace,
        h('p', {}, h('a', { href: `#/traffic?video=${id}` }, 'All requests of this video')),
      ),
    ),
    h('div', { class: 'stack' }, player.stepsElement),
  );
  fill(
    main,
    back,
    h('div', { class: 'title-row' }, title, badges),
    body,
    card('Timeline', story.element),
    card(
      'Control',
      h(
        'div',
        { class: 'stack' },
        setStateForm(id),
        programForm(id),
        h(
          'div',
          {},
          button('Delete', () => deleteVideo(videos.get(id)), { picture: 'trash', kind: 'danger' }),
        ),
      ),
    ),
    h(
      'details',
      { class: 'card' },
      h('summary', {}, 'The entity as the control API shows it'),
      entity,
    ),
  );
  draw();

  const tick = setInterval(() => {
    const video = videos.get(id);
    const left = badges.querySelector('[data-left]');
    if (video && left) setText(left, timeLeft(video) || mediaNote(video));
  }, 500);
  const ends = [videos.watch(draw), journal.watch(() => videos.get(id) && drawStory())];
  if (route.parameters.has('play')) attempt(() => player.play());
  return () => {
    for (const end of ends) end();
    clearInterval(tick);
    story.end();
    player.end();
  };
}
