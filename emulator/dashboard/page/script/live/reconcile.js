/**
 * Finds what no event tells: videos and faults that others made or removed by the control API. The
 * metrics are small and count both.
 */
import { admin } from '../api/http.js';
import { faults } from './faults.js';
import { videos } from './videos.js';

const LINE = /^(msc_videos|msc_fault_fired)\{(?:state|id)="([^"]*)"\} (\d+)$/gm;

/** What the metrics count: {videos: {Completed: 2, …}, faults: {"1": 0, …}}. */
export function countsOf(metrics) {
  const counts = { videos: {}, faults: {} };
  for (const [, name, key, number] of metrics.matchAll(LINE)) {
    counts[name === 'msc_videos' ? 'videos' : 'faults'][key] = Number(number);
  }
  return counts;
}

function videosDiffer(counted) {
  const known = {};
  for (const { state } of videos.list) known[state] = (known[state] ?? 0) + 1;
  return Object.entries(counted).some(([state, number]) => number !== (known[state] ?? 0));
}

function faultsDiffer(counted) {
  const known = Object.fromEntries(faults.list.map(({ id, fired }) => [id, fired]));
  const ids = new Set([...Object.keys(counted), ...Object.keys(known)]);
  return [...ids].some((id) => counted[id] !== known[id]);
}

/** Reads again what differs. */
export async function reconcile() {
  const counts = countsOf((await admin('/metrics')).text);
  if (videosDiffer(counts.videos)) await videos.load();
  if (faultsDiffer(counts.faults)) await faults.load();
}
