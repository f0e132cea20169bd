/**
 * Keeps all that is live up to date by the emulator's events.
 */
import { admin } from '../api/http.js';
import { Emitter } from '../base/emitter.js';
import { clock } from './clock.js';
import { diagnostics } from './diagnostics.js';
import { followEvents } from './event_stream.js';
import { faults } from './faults.js';
import { journal } from './journal.js';
import { reconcile } from './reconcile.js';
import { videos } from './videos.js';

const RECONCILE_MILLIS = 3000;

class Connection extends Emitter {
  /** "connecting", "open", "lost". */
  state = 'connecting';
  /** @type {Error|null} what the emulator said, if it answered with an error */
  reason = null;

  set(state, reason = null) {
    if (this.state === state && this.reason?.message === reason?.message) return;
    this.state = state;
    this.reason = reason;
    this.changed();
  }
}

export const connection = new Connection();

/** The options of the emulator, as GET config says them; filled in when they are known. */
export const config = {};

let clockTimer = null;
function touchClock() {
  clockTimer ??= setTimeout(() => {
    clockTimer = null;
    clock.load().catch(() => {});
  }, 60);
}

/** Reads everything again. */
export async function reload() {
  Object.assign(config, await admin('/config'));
  await Promise.all([
    clock.load(),
    videos.load(),
    journal.load(),
    faults.load(),
    diagnostics.load(),
  ]);
}

const CLOCK_MATTERS = new Set(['MarkComplete', 'DeleteVideo', 'CreateVideo']);
const HANDLERS = {
  request({ operation, videoId }) {
    journal.touch();
    if (videoId) videos.touch(videoId);
    if (CLOCK_MATTERS.has(operation)) touchClock();
  },
  transition({ videoId }) {
    videos.touch(videoId);
    touchClock();
  },
  media({ videoId }) {
    if (videoId) videos.touch(videoId);
  },
  fault: () => faults.touch(),
  clock: touchClock,
  diagnostic({ videoId }) {
    diagnostics.load().catch(() => {});
    if (videoId) videos.touch(videoId);
  },
  reset: () => reload().catch(() => {}),
};

function reconcileOften() {
  const isWorthIt = connection.state === 'open' && !document.hidden;
  (isWorthIt ? reconcile().catch(() => {}) : Promise.resolve()).then(() =>
    setTimeout(reconcileOften, RECONCILE_MILLIS),
  );
}

/** Starts to follow the emulator. */
export function startLive() {
  followEvents({
    onOpen() {
      connection.set('open');
      reload().catch(() => {});
    },
    onEvent: (kind, data) => HANDLERS[kind]?.(data),
    onLost: (reason) => connection.set('lost', reason),
  });
  setTimeout(reconcileOften, RECONCILE_MILLIS);
}
