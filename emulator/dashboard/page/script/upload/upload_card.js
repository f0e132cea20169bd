/**
 * An upload with its steps and their requests.
 */
import { endpointRequest, statusRequest } from '../api/connector.js';
import { fill, h } from '../base/dom.js';
import { count, formatBytes } from '../base/format.js';
import { icon } from '../base/icons.js';
import { badge, button, progressBar, stateBadge } from '../base/parts.js';
import { clock } from '../live/clock.js';
import { videos } from '../live/videos.js';
import { processingPart, timeLeft } from '../videos/video_facts.js';
import { stepRow } from './step_row.js';
import { uploads } from './uploads.js';

const UPLOAD_WORDS = {
  running: 'Uploading',
  paused: 'Paused',
  failed: 'Stopped by an error',
  cancelled: 'Cancelled',
  done: 'Uploaded',
};
const MOST_CELLS = 200;

function blockCells(upload) {
  if (upload.blocks.length > MOST_CELLS) return { element: null, update() {} };
  const cells = upload.blocks.map(() => h('span', { class: 'cell' }));
  return {
    element: h('div', { class: 'cells', 'aria-hidden': 'true' }, cells),
    update() {
      for (const { index, state } of upload.blocks) cells[index].dataset.state = state;
    },
  };
}

function blocksNote(upload) {
  const done = upload.blocks.filter(({ state }) => state === 'done').length;
  const parts = [
    `${done} of ${count(upload.blocks.length, 'block')}`,
    `${formatBytes(upload.sent)} of ${formatBytes(upload.file.size)}`,
  ];
  if (upload.speed > 0 && upload.state === 'running') parts.push(`${formatBytes(upload.speed)}/s`);
  if (upload.retries > 0) parts.push(count(upload.retries, 'retry', 'retries'));
  return parts.join(' · ');
}

// What happens after the upload, as the emulator shows it.
function processingState(video, upload) {
  if (upload.state !== 'done' || !video) return 'waiting';
  return { Completed: 'done', Failed: 'failed' }[video.state] ?? 'running';
}

function controls(upload) {
  const pause = button('Pause', () => upload.pause(), { picture: 'pause' });
  const resume = button('Go on', () => void upload.run(), { picture: 'play', kind: 'primary' });
  const retry = button('Retry', () => void upload.run(), { picture: 'reset', kind: 'primary' });
  const cancel = button('Cancel', () => upload.cancel(), { picture: 'cross' });
  const remove = button('Remove from this list', () => uploads.remove(upload));
  return {
    element: h('div', { class: 'upload-buttons' }, pause, resume, retry, cancel, remove),
    update() {
      pause.hidden = upload.state !== 'running';
      resume.hidden = upload.state !== 'paused';
      retry.hidden = upload.state !== 'failed';
      cancel.hidden = !upload.isActive && upload.state !== 'failed';
      remove.hidden = upload.isActive || upload.state === 'failed';
    },
  };
}

function titleRow({ options }, state) {
  return h(
    'div',
    { class: 'title-row' },
    h('h2', {}, options.name),
    h(
      'div',
      { class: 'badges' },
      options.isProtected && badge('AES-128', 'quiet', 'lock'),
      options.isEncrypted && badge('AES-256 upload', 'quiet', 'lock'),
      state,
    ),
  );
}

// The first four steps are the upload's own.
function uploadRows(upload) {
  const { isProtected, isEncrypted } = upload.options;
  const bar = progressBar(`Upload of ${upload.options.name}`);
  const cells = blockCells(upload);
  const wishes = `${isProtected ? ', protected' : ''}${isEncrypted ? ', to be encrypted' : ''}`;
  const rows = {
    create: stepRow(`Create the video${wishes}`),
    blocks: stepRow(
      isEncrypted ? 'Encrypt and put each block' : 'Put each block',
      bar.element,
      cells.element,
    ),
    list: stepRow('Put the block list'),
    complete: stepRow('Mark it complete'),
  };
  const update = () => {
    for (const [name, row] of Object.entries(rows)) {
      const { state, status: answer, error, request } = upload.steps[name];
      row.update({
        state,
        answer,
        error,
        request,
        words: name === 'blocks' ? blocksNote(upload) : '',
      });
    }
    const isDone = upload.steps.blocks.state === 'done';
    bar.set(isDone ? 1 : upload.sent / (upload.file.size || 1));
    cells.update();
  };
  return { elements: Object.values(rows).map(({ element }) => element), update };
}

// The last two are the service's and the player's.
function laterRows(upload) {
  const bar = progressBar('Processing');
  const processing = stepRow('The service processes it', bar.element);
  const play = stepRow('Play it');
  const update = (video, after) => {
    bar.set(after === 'done' ? 1 : ((video && processingPart(video)) ?? 0));
    const failure = video?.failure;
    processing.update({
      state: after,
      words: after === 'running' ? timeLeft(video) : '',
      error: failure ? { title: failure.reason, detail: `StatusCode ${failure.code}` } : null,
      request: upload.state === 'done' ? statusRequest(upload.video.Id) : null,
    });
    const isReady = after === 'done';
    play.update({
      state: isReady ? 'running' : 'waiting',
      words: isReady ? 'ready' : '',
      request: isReady ? endpointRequest(upload.video.Id, 'DASH') : null,
    });
  };
  return { elements: [processing.element, play.element], update };
}

function links(upload) {
  const play = h('a', { class: 'button primary' }, icon('play'), h('span', {}, 'Play'));
  const open = h('a', { class: 'button' }, 'Open the video');
  const update = (video, after) => {
    play.hidden = after !== 'done';
    open.hidden = !video;
    if (!upload.video) return;
    play.href = `#/videos/${upload.video.Id}?play`;
    open.href = `#/videos/${upload.video.Id}`;
  };
  return { elements: [play, open], update };
}

// The state of the whole in one badge, which screen readers say when it changes.
function stateStatus(upload) {
  const element = h('span', { role: 'status' });
  const update = (video, after) => {
    const isUpload = after === 'waiting';
    const words = isUpload ? UPLOAD_WORDS[upload.state] : video.state;
    if (element.textContent !== words)
      fill(element, isUpload ? badge(words, 'quiet') : stateBadge(words));
  };
  return { element, update };
}

/** `{element, update()}`. */
export function uploadCard(upload) {
  const state = stateStatus(upload);
  const own = uploadRows(upload);
  const later = laterRows(upload);
  const to = links(upload);
  const buttons = controls(upload);
  const element = h(
    'article',
    { class: 'card upload-card' },
    titleRow(upload, state.element),
    h('ol', { class: 'steps' }, own.elements, later.elements),
    h('div', { class: 'upload-foot' }, to.elements, buttons.element),
  );
  const update = () => {
    const video = upload.video && videos.get(upload.video.Id);
    const after = processingState(video, upload);
    own.update();
    for (const part of [state, later, to]) part.update(video, after);
    buttons.update();
  };
  update();
  return { element, update };
}
