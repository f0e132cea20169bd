/**
 * The journal, live.
 */
import { h, fill, setText } from '../base/dom.js';
import { count, formatBytes, formatTime } from '../base/format.js';
import { icon } from '../base/icons.js';
import { badge, button, confirmDialog, emptyState, select, statusBadge, toggle } from '../base/parts.js';
import { go } from '../base/router.js';
import { VirtualList } from '../base/virtual_list.js';
import { diagnostics } from '../live/diagnostics.js';
import { journal } from '../live/journal.js';
import { videos } from '../live/videos.js';
import { nameOf } from '../videos/video_facts.js';
import { saveHar } from './har_saving.js';
import { openRequest } from './request_drawer.js';

const STATUSES = [
  ['all', 'Any status'],
  ['2', '2xx'],
  ['3', '3xx'],
  ['4', '4xx'],
  ['5', '5xx'],
  ['bad', 'Errors'],
  ['fault', 'With a fault'],
  ['diagnostic', 'Diagnostics'],
];
const ANY_OPERATION = 'Any operation';

const flags = { ownShown: false };

// What a request is called; those of no operation are documents, or match no route.
function operationName({ operation, status }) {
  return operation ?? { 404: 'no route', 405: 'method not allowed' }[status] ?? 'other';
}

function fitsStatus(row, status) {
  if (status === 'all') return true;
  if (status === 'diagnostic') return row.kind === 'diagnostic';
  if (row.kind === 'diagnostic') return status === 'bad';
  if (status === 'fault') return row.faultId !== null;
  if (status === 'bad') return row.status === 0 || row.status >= 400;
  return String(row.status).startsWith(status);
}

function fitsText(row, text) {
  if (!text) return true;
  const words =
    row.kind === 'diagnostic'
      ? `${row.code} ${row.message}`
      : `${row.method} ${row.url} ${row.operation ?? ''}`;
  return words.toLowerCase().includes(text);
}

function diagnosticRows() {
  return diagnostics.list.map((found) => ({
    ...found,
    kind: 'diagnostic',
    at: Date.parse(found.firstAt),
    id: `${found.code} ${found.videoId ?? ''}`,
  }));
}

// Both lists are sorted, newest first.
function merged(rows, found) {
  if (found.length === 0) return rows;
  return [...rows, ...found].sort(
    (one, other) =>
      other.at - one.at || (other.kind === 'diagnostic') - (one.kind === 'diagnostic'),
  );
}

function drawDiagnostic({ at, code, message, count: times }) {
  return [
    h('span', { class: 'row-time' }, formatTime(at)),
    h(
      'span',
      { class: 'row-diagnostic' },
      icon('warning', 16),
      h('strong', {}, code),
      times > 1 && ` ×${times}`,
      h('span', { class: 'row-message' }, message),
    ),
  ];
}

function drawRequest(row) {
  return [
    h('span', { class: 'row-time' }, formatTime(row.at)),
    h('span', { class: `row-method method-${row.method.toLowerCase()}` }, row.method),
    h('span', { class: 'row-operation' }, operationName(row)),
    h('span', { class: 'row-url' }, row.url),
    h(
      'span',
      { class: 'row-flags' },
      row.faultId !== null && badge(`fault ${row.faultId}`, 'status-warn', 'bolt'),
    ),
    h('span', { class: 'row-size muted' }, formatBytes(Math.max(row.sent, row.size))),
    h('span', { class: 'row-status' }, statusBadge(row.status)),
  ];
}

// `wanted`: the rows that match, with the page's own.
function emptyWords(rows, wanted) {
  if (rows.length === 0) return 'Send one, or upload a video: it appears here at once.';
  if (wanted.length === 0) return 'None matches the filter.';
  return "Only the page's own requests match, and they are hidden.";
}

async function clear() {
  const isSure = await confirmDialog(
    'Clear the journal?',
    'The emulator forgets every request, for tests and other pages too.',
    'Clear it',
  );
  if (isSure) await journal.clear();
}

function requestIds(rows) {
  return rows.filter(({ kind }) => kind !== 'diagnostic').map(({ id }) => id);
}

function operationsOf(rows) {
  return [ANY_OPERATION, ...[...new Set(rows.map(operationName))].sort()];
}

/** The view. */
export function trafficView(main, route) {
  const videoId = route.parameters.get('video');
  const text = h('input', {
    type: 'search',
    class: 'search',
    placeholder: 'Method, path or operation',
    'aria-label': 'Find requests',
  });
  const status = select(STATUSES, 'all', { 'aria-label': 'Status' });
  const operation = select([ANY_OPERATION], ANY_OPERATION, { 'aria-label': 'Operation' });
  const own = toggle("The page's own too", flags.ownShown, (isOn) => {
    flags.ownShown = isOn;
    draw();
  });
  own.element.title = 'Posters and documents that only this page asks for';
  const total = h('span', { class: 'muted' }); // Not a status: it changes all the time.
  const empty = h('div', {});
  let frozen = null; // While paused: the rows and diagnostics of that moment.
  let shown = [];

  const list = new VirtualList(main, {
    label: 'Requests, newest first',
    class: 'request-list',
    key: (row) => row.id,
    draw: (row) => (row.kind === 'diagnostic' ? drawDiagnostic(row) : drawRequest(row)),
    open: (row) =>
      row.kind === 'diagnostic' ? row.videoId && go(`/videos/${row.videoId}`) : show(row.id),
  });

  async function show(id) {
    history.replaceState(null, '', `#/traffic/${id}`);
    await openRequest(id);
    if (location.hash === `#/traffic/${id}`) history.replaceState(null, '', '#/traffic');
  }

  const source = () => frozen ?? { rows: journal.rows, found: diagnosticRows() };

  function drawOperations(rows) {
    const names = operationsOf(rows);
    if (names.length === operation.options.length) return;
    const chosen = operation.value;
    fill(
      operation,
      names.map((name) => h('option', { value: name, selected: name === chosen }, name)),
    );
  }

  function draw() {
    const { rows, found } = source();
    drawOperations(rows);
    const words = text.value.trim().toLowerCase();
    const isWanted = (row) =>
      (!videoId || row.videoId === videoId) &&
      fitsStatus(row, status.value) &&
      (operation.value === ANY_OPERATION ||
        (row.kind !== 'diagnostic' && operationName(row) === operation.value)) &&
      fitsText(row, words);
    const wanted = rows.filter(isWanted);
    const visible = flags.ownShown ? wanted : wanted.filter((row) => !row.isOwn);
    shown = merged(visible, found.filter(isWanted));
    list.set(shown);
    setText(total, count(shown.length, 'row'));
    list.element.hidden = shown.length === 0;
    if (shown.length > 0 || !journal.isLoaded) fill(empty);
    else
      fill(
        empty,
        emptyState(
          'traffic',
          'No requests',
          emptyWords(rows, wanted),
        ),
      );
  }

  const pause = button(
    'Pause',
    () => {
      frozen = frozen ? null : source();
      setText(pause.lastChild, frozen ? 'Go on' : 'Pause');
      draw();
    },
    { picture: 'pause' },
  );
  for (const control of [text, status, operation]) control.addEventListener('input', draw);

  const video = videoId && videos.get(videoId);
  fill(
    main,
    h('h1', { tabindex: '-1' }, 'Traffic'),
    videoId &&
      h(
        'p',
        { class: 'filter-note' },
        'Only requests of ',
        h('a', { href: `#/videos/${videoId}` }, video ? nameOf(video) : videoId),
        '. ',
        h('a', { href: '#/traffic' }, 'Show all'),
      ),
    h(
      'div',
      { class: 'list-head sticky' },
      text,
      operation,
      status,
      own.element,
      h(
        'span',
        { class: 'list-buttons' },
        total,
        pause,
        button('HAR', () => saveHar(requestIds(shown)), {
          picture: 'download',
          title: 'Save what is shown as HAR',
        }),
        button('Clear', clear, {
          picture: 'trash',
          title: "Empty the emulator's journal",
        }),
      ),
    ),
    empty,
    list.element,
  );
  draw();
  if (route.parts[1]) show(route.parts[1]);
  const ends = [journal.watch(draw), diagnostics.watch(draw)];
  return () => {
    for (const end of ends) end();
    list.end();
  };
}
