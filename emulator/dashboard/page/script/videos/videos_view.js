/**
 * The list of videos, and by "#/videos/<id>" one of them.
 */
import { fill, h, setText } from '../base/dom.js';
import { count } from '../base/format.js';
import { icon } from '../base/icons.js';
import { badge, emptyState, progressBar, select, stateBadge } from '../base/parts.js';
import { go } from '../base/router.js';
import { VirtualList } from '../base/virtual_list.js';
import { clock } from '../live/clock.js';
import { videos } from '../live/videos.js';
import { dropZone } from '../upload/drop_zone.js';
import { posterOf } from './posters.js';
import {
  isInputEncrypted,
  isProtected,
  mediaNote,
  nameOf,
  processingPart,
  summaryOf,
  timeLeft,
} from './video_facts.js';
import { videoView } from './video_view.js';

const STATES = ['All states', 'Pending', 'Processing', 'Completed', 'Failed'];

/** The picture of a video, or a placeholder of the same size. */
export function posterFrame(video) {
  const frame = h('span', { class: 'poster' }, icon('film', 22));
  if (video.state === 'Completed') {
    posterOf(video).then((url) => {
      if (url) fill(frame, h('img', { src: url, alt: '' }));
    });
  }
  return frame;
}

function badges(video) {
  return [
    isProtected(video) && badge('AES-128', 'quiet', 'lock', 'Playback needs a key'),
    isInputEncrypted(video) && badge('AES-256 upload', 'quiet', 'lock', 'The upload is encrypted'),
    video.diagnostics?.length > 0 &&
      badge(count(video.diagnostics.length, 'diagnostic'), 'status-warn', 'warning'),
  ];
}

function drawRow(video) {
  const part = processingPart(video);
  const progress = part === null ? null : progressBar('Processing');
  progress?.set(part);
  return [
    posterFrame(video),
    h(
      'span',
      { class: 'video-words' },
      h('span', { class: 'video-name' }, nameOf(video)),
      h('span', { class: 'muted small' }, summaryOf(video)),
      h('span', { class: 'badges' }, badges(video)),
    ),
    h(
      'span',
      { class: 'video-state' },
      stateBadge(video.state),
      h('span', { class: 'muted small', 'data-left': '' }, timeLeft(video) || mediaNote(video)),
      progress?.element,
    ),
  ];
}

function matches(video, text, state) {
  if (state !== STATES[0] && video.state !== state) return false;
  return !text || nameOf(video).toLowerCase().includes(text) || video.Id.includes(text);
}

function listView(main) {
  const search = h('input', {
    type: 'search',
    class: 'search',
    placeholder: 'Name or id',
    'aria-label': 'Find a video by name or id',
  });
  const state = select(STATES, STATES[0], { 'aria-label': 'State' });
  const total = h('span', { class: 'muted', role: 'status' });
  const empty = h('div', {});
  const list = new VirtualList(main, {
    label: 'Videos',
    class: 'video-list',
    key: (video) => video.Id,
    draw: drawRow,
    open: (video) => go(`/videos/${video.Id}`),
  });

  const draw = () => {
    const text = search.value.trim().toLowerCase();
    const shown = videos.list.filter((video) => matches(video, text, state.value));
    list.set(shown);
    setText(
      total,
      shown.length === videos.list.length
        ? count(shown.length, 'video')
        : `${shown.length} of ${count(videos.list.length, 'video')}`,
    );
    list.element.hidden = shown.length === 0;
    if (shown.length > 0 || !videos.isLoaded) fill(empty);
    else if (videos.list.length > 0)
      fill(
        empty,
        emptyState('search', 'No video matches', 'Change what you look for, or the state.'),
      );
    else
      fill(
        empty,
        emptyState(
          'film',
          'No videos yet',
          'Drop a file above, or take the sample clip: the page then does what a client does.',
        ),
      );
  };
  search.addEventListener('input', draw);
  state.addEventListener('change', draw);

  fill(
    main,
    h('h1', { tabindex: '-1' }, 'Videos'),
    dropZone(),
    h('div', { class: 'list-head' }, search, state, total),
    empty,
    list.element,
  );
  draw();

  const ends = [videos.watch(draw), clock.watch(() => list.refresh())];
  const ticking = setInterval(
    () => videos.list.some((video) => video.state === 'Processing') && tick(list),
    500,
  );
  return () => {
    for (const end of ends) end();
    clearInterval(ticking);
    list.end();
  };
}

// Only what time changes in the rows that are there.
function tick(list) {
  for (const row of list.visible()) {
    const left = row.element.querySelector('[data-left]');
    const video = videos.get(row.item.Id);
    if (!video || video.state !== 'Processing') continue;
    setText(left, timeLeft(video) || mediaNote(video));
    const bar = row.element.querySelector('.progress-bar');
    bar?.style.setProperty('transform', `scaleX(${processingPart(video) ?? 0})`);
  }
}

/** The view. */
export function videosView(main, route) {
  return route.parts[1] ? videoView(main, route) : listView(main);
}
