/**
 * The drawn story of a video: three lanes, its steps, and the clock's now. Long gaps are drawn
 * shorter than they were, so that blocks of one second and a processing of an hour fit in one line.
 */
import { fill, h, s } from '../base/dom.js';
import { formatSpan, formatTime } from '../base/format.js';
import { clock } from '../live/clock.js';
import { LANES } from './story.js';

const LANE_HEIGHT = 62;
const TOP = 26;
const LEFT = 92;
const RIGHT = 56;
const LABEL_GAP = 62;

const lengthOf = (gap) => Math.log10(1 + Math.max(0, gap) / 40) + 0.15;

/** Instants to places: `(instant) => x`. Between two instants it is linear. */
export function scaleOf(instants, width) {
  const stops = [...new Set(instants)].sort((one, other) => one - other);
  const lengths = stops.slice(1).map((stop, index) => lengthOf(stop - stops[index]));
  const total = lengths.reduce((sum, length) => sum + length, 0) || 1;
  let at = LEFT;
  const places = stops.map((stop, index) => {
    if (index > 0) at += (lengths[index - 1] / total) * (width - LEFT - RIGHT);
    return at;
  });
  return (instant) => {
    const next = stops.findIndex((stop) => stop >= instant);
    if (next < 0) return places.at(-1);
    if (next === 0 || stops[next] === instant) return places[next];
    const part = (instant - stops[next - 1]) / (stops[next] - stops[next - 1]);
    return places[next - 1] + part * (places[next] - places[next - 1]);
  };
}

const laneOf = (lane) => LANES.findIndex(([name]) => name === lane);
const middleOf = (lane) => TOP + laneOf(lane) * LANE_HEIGHT + LANE_HEIGHT / 2;

function drawLanes(width) {
  return LANES.map(([name, title]) => [
    s('line', {
      class: 'lane-line',
      x1: LEFT,
      x2: width - 8,
      y1: middleOf(name),
      y2: middleOf(name),
    }),
    s('text', { class: 'lane-name', x: 8, y: middleOf(name) + 4 }, title),
  ]);
}

// A bar while the video was, is or will be in processing.
function drawProcessing(steps, place, end) {
  const began = steps.findLast(({ title }) => title === 'Processing');
  if (!began) return null;
  const ended = steps.find(
    ({ at, title }) => at >= began.at && (title === 'Completed' || title === 'Failed'),
  );
  const [from, to] = [place(began.at), place(ended?.at ?? end)];
  return s('rect', {
    class: 'lane-bar',
    x: from,
    width: Math.max(3, to - from),
    y: middleOf('processing') - 5,
    height: 10,
    rx: 5,
  });
}

function drawMark(step, place) {
  const [from, to] = [place(step.at), place(step.until)];
  const y = middleOf(step.lane);
  const words = `${step.title}, ${formatTime(step.at)}${step.status ? `, ${step.status}` : ''}`;
  const shape =
    step.count > 1 && to - from > 8
      ? s('rect', { x: from - 5, width: to - from + 10, y: y - 6, height: 12, rx: 6 })
      : step.isBad
        ? s('path', { d: `M${from - 6} ${y - 6}h12v12h-12z` })
        : s('circle', { cx: from, cy: y, r: 6.5 });
  return s(
    'g',
    { class: `mark mark-${step.lane} ${step.isBad ? 'mark-bad' : ''}` },
    s('title', {}, words),
    shape,
  );
}

// Names above the marks; those that would overlap are left out, the list below has them all.
function drawLabels(steps, place, width) {
  const ends = {};
  return steps.map((step) => {
    const x = place(step.at);
    if (x < (ends[step.lane] ?? 0)) return null;
    const text = step.isBad && step.status ? `${step.title} ${step.status}` : step.title;
    ends[step.lane] = x + Math.max(LABEL_GAP, text.length * 6.6 + 10);
    const isLast = x > width - RIGHT - 30;
    return s(
      'text',
      {
        class: 'mark-name',
        x: isLast ? x + 6 : x - 6,
        y: middleOf(step.lane) - 13,
        'text-anchor': isLast ? 'end' : 'start',
      },
      text,
    );
  });
}

function drawNow(place) {
  const line = s('line', {
    class: 'now-line',
    y1: TOP - 6,
    y2: TOP + LANES.length * LANE_HEIGHT - 8,
  });
  const text = s('text', { class: 'now-name', y: TOP - 11, 'text-anchor': 'middle' }, 'now');
  const move = (instant) => {
    const x = place(instant);
    line.setAttribute('x1', x);
    line.setAttribute('x2', x);
    text.setAttribute('x', x);
  };
  return { parts: [line, text], move };
}

/** `{element, set(steps, videoId), end()}`. */
export function timeline() {
  const drawing = s('svg', {
    class: 'timeline',
    role: 'img',
    'aria-label': 'Timeline; the list below says the same',
  });
  const list = h('ol', { class: 'story' });
  const element = h('div', { class: 'timeline-frame' }, drawing, list);
  let steps = [];
  let videoId = '';

  const draw = () => {
    const width = Math.max(320, element.clientWidth);
    const height = TOP + LANES.length * LANE_HEIGHT;
    const next = clock.pending.get(videoId);
    const now = clock.now();
    drawing.setAttribute('viewBox', `0 0 ${width} ${height}`);
    drawing.setAttribute('height', height);
    if (steps.length === 0) {
      fill(drawing, drawLanes(width));
      return;
    }
    const instants = steps.flatMap(({ at, until }) => [at, until]);
    const place = scaleOf(
      [...instants, Math.max(now, ...instants), ...(next ? [next.at] : [])],
      width,
    );
    const mark = drawNow(place);
    mark.move(now);
    const ahead = next &&
      next.at > now && [
        s('circle', { class: 'mark-ahead', cx: place(next.at), cy: middleOf('processing'), r: 6 }),
        s(
          'text',
          {
            class: 'mark-name ahead-name',
            x: place(next.at) + 6,
            y: middleOf('processing') - 13,
            'text-anchor': 'end',
          },
          next.to,
        ),
      ];
    fill(
      drawing,
      drawLanes(width),
      drawProcessing(steps, place, next?.at ?? now),
      ahead,
      steps.map((step) => drawMark(step, place)),
      drawLabels(steps, place, next ? place(next.at) + RIGHT : width),
      mark.parts,
    );
  };

  const drawList = () => {
    const first = steps[0]?.at ?? 0;
    fill(
      list,
      steps.map((step) =>
        h(
          'li',
          { class: `story-step ${step.isBad ? 'is-bad' : ''}` },
          h('span', { class: 'story-mark', 'data-lane': step.lane, 'aria-hidden': 'true' }),
          step.requestId
            ? h('a', { href: `#/traffic/${step.requestId}` }, step.title)
            : h('span', {}, step.title),
          step.status
            ? h('span', { class: `badge status-${step.isBad ? 'bad' : 'ok'}` }, String(step.status))
            : null,
          h(
            'span',
            { class: 'muted small story-time' },
            step.at === first ? formatTime(step.at) : `+${formatSpan(step.at - first)}`,
          ),
        ),
      ),
    );
  };

  const resized = new ResizeObserver(draw);
  resized.observe(element);
  const ticking = setInterval(() => clock.mode !== 'frozen' && draw(), 1000);
  const endClock = clock.watch(draw);
  return {
    element,
    set(newSteps, id) {
      steps = newSteps;
      videoId = id;
      draw();
      drawList();
    },
    end() {
      resized.disconnect();
      clearInterval(ticking);
      endClock();
    },
  };
}
