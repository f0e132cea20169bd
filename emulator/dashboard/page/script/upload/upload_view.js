/**
 * The uploads of this page, each with its steps and their requests.
 */
import { curlOf } from '../api/curl.js';
import { endpointRequest, statusRequest } from '../api/connector.js';
import { fill, h, setText } from '../base/dom.js';
import { count, formatBytes } from '../base/format.js';
import { icon } from '../base/icons.js';
import {
  badge,
  button,
  codeBlock,
  emptyState,
  progressBar,
  stateBadge,
  statusBadge,
} from '../base/parts.js';
import { errorWords } from '../base/toast.js';
import { clock } from '../live/clock.js';
import { videos } from '../live/videos.js';
import { processingPart, timeLeft } from '../videos/video_facts.js';
import { dropZone } from './drop_zone.js';
import { uploads } from './uploads.js';

const STEP_PICTURES = { waiting: 'dot', running: 'clock', done: 'check', failed: 'cross' };
const STEP_WORDS = { waiting: 'waiting', running: 'running', done: 'done', failed: 'failed' };
const UPLOAD_WORDS = {
  running: 'Uploading',
  paused: 'Paused',
  failed: 'Stopped by an error',
  cancelled: 'Cancelled',
  done: 'Uploaded',
};
const MOST_CELLS = 200;

function curlDetails(step) {
  const summary = h('summary', {}, 'curl');
  const details = h('details', { class: 'step-curl', hidden: true }, summary);
  return {
    element: details,
    update(request = step.request) {
      if (!request || details.childElementCount > 1) return;
      details.hidden = false;
      details.append(codeBlock(curlOf(request), 'the request as curl'));
    },
  };
}

// A step with its state, words, status and request. `{element, update(state, words, status, error, request)}`.
function stepRow(title, ...extra) {
  const mark = h('span', { class: 'step-mark' });
  const note = h('span', { class: 'muted small' });
  const status = h('span', {});
  const errorPlace = h('div', { class: 'step-error', hidden: true });
  const curl = curlDetails({});
  const element = h(
    'li',
    { class: 'step' },
    mark,
    h(
      'div',
      { class: 'step-body' },
      h('div', { class: 'step-head' }, h('span', { class: 'step-title' }, title), status, note),
      ...extra,
      errorPlace,
      curl.element,
    ),
  );
  let shown = null;
  return {
    element,
    update({ state, words = '', answer = null, error = null, request = null }) {
      if (shown !== state) {
        shown = state;
        element.dataset.state = state;
        fill(
          mark,
          icon(STEP_PICTURES[state], 16),
          h('span', { class: 'visually-hidden' }, STEP_WORDS[state]),
        );
      }
      setText(note, words);
      fill(status, answer ? statusBadge(answer) : null);
      errorPlace.hidden = !error;
      if (error && errorPlace.dataset.message !== error.message) {
        errorPlace.dataset.message = error.message;
        fill(errorPlace, errorWords(error));
      }
      curl.update(request);
    },
  };
}

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

/** A card of one upload: `{element, update()}`. */
function uploadCard(upload) {
  const { options } = upload;
  const state = h('span', { role: 'status' });
  const bar = progressBar(`Upload of ${options.name}`);
  const cells = blockCells(upload);
  const processing = progressBar('Processing');
  const rows = {
    create: stepRow(
      `Create the video${options.isProtected ? ', protected' : ''}${options.isEncrypted ? ', to be encrypted' : ''}`,
    ),
    blocks: stepRow(
      options.isEncrypted ? 'Encrypt and put each block' : 'Put each block',
      bar.element,
      cells.element,
    ),
    list: stepRow('Put the block list'),
    complete: stepRow('Mark it complete'),
    processing: stepRow('The service processes it', processing.element),
    play: stepRow('Play it'),
  };
  const playLink = h(
    'a',
    { class: 'button primary', hidden: true },
    icon('play'),
    h('span', {}, 'Play'),
  );
  const openLink = h('a', { class: 'button', hidden: true }, 'Open the video');
  const buttons = controls(upload);
  const element = h(
    'article',
    { class: 'card upload-card' },
    h(
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
    ),
    h(
      'ol',
      { class: 'steps' },
      Object.values(rows).map((row) => row.element),
    ),
    h('div', { class: 'upload-foot' }, playLink, openLink, buttons.element),
  );

  const update = () => {
    const video = upload.video && videos.get(upload.video.Id);
    for (const name of ['create', 'blocks', 'list', 'complete']) {
      const step = upload.steps[name];
      rows[name].update({
        state: step.state,
        words: name === 'blocks' ? blocksNote(upload) : '',
        answer: step.status,
        error: step.error,
        request: step.request,
      });
    }
    bar.set(
      upload.file.size
        ? upload.sent / upload.file.size
        : upload.steps.blocks.state === 'done'
          ? 1
          : 0,
    );
    cells.update();
    const after = processingState(video, upload);
    processing.set(after === 'done' ? 1 : video ? (processingPart(video) ?? 0) : 0);
    rows.processing.update({
      state: after,
      words: after === 'running' ? timeLeft(video) : '',
      error: video?.failure
        ? { title: video.failure.reason, detail: `StatusCode ${video.failure.code}` }
        : null,
      request: upload.state === 'done' ? statusRequest(upload.video.Id) : null,
    });
    rows.play.update({
      state: after === 'done' ? 'running' : 'waiting',
      words: after === 'done' ? 'ready' : '',
      request: after === 'done' ? endpointRequest(upload.video.Id, 'DASH') : null,
    });
    fill(
      state,
      after === 'waiting' ? badge(UPLOAD_WORDS[upload.state], 'quiet') : stateBadge(video.state),
    );
    playLink.hidden = after !== 'done';
    openLink.hidden = !upload.video || !video;
    if (upload.video) {
      playLink.href = `#/videos/${upload.video.Id}?play`;
      openLink.href = `#/videos/${upload.video.Id}`;
    }
    buttons.update();
  };
  update();
  return { element, update };
}

/** The view. */
export function uploadView(main) {
  const list = h('div', { class: 'stack' });
  const cards = new Map();
  const nothing = emptyState(
    'upload',
    'No upload yet',
    'What a client would send appears here, step by step, with each request as curl.',
  );
  const draw = () => {
    for (const upload of uploads.list)
      if (!cards.has(upload)) cards.set(upload, uploadCard(upload));
    for (const upload of cards.keys()) if (!uploads.list.includes(upload)) cards.delete(upload);
    const elements = uploads.list.length
      ? uploads.list.map((upload) => cards.get(upload).element)
      : [nothing];
    if (
      list.childElementCount !== elements.length ||
      elements.some((element, index) => list.children[index] !== element)
    )
      fill(list, elements);
    for (const { update } of cards.values()) update();
  };
  fill(main, h('h1', { tabindex: '-1' }, 'Upload'), dropZone(), list);
  draw();
  const ends = [uploads.watch(draw), videos.watch(draw), clock.watch(draw)];
  const ticking = setInterval(draw, 500);
  return () => {
    for (const end of ends) end();
    clearInterval(ticking);
  };
}
