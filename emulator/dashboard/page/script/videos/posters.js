/**
 * Posters of videos, fetched once when a row needs one, a few at a time.
 */
import { fetchPoster } from '../api/connector.js';

const MOST_AT_ONCE = 3;
const MOST_KEPT = 200;

const posters = new Map(); // Id and state of the media -> Promise of an address, or null.
const waiting = [];
let running = 0;

function runNext() {
  if (running >= MOST_AT_ONCE || waiting.length === 0) return;
  const { id, resolve } = waiting.pop(); // The row that came last is the one that is seen.
  running += 1;
  fetchPoster(id)
    .catch(() => null)
    .then((image) => resolve(image && URL.createObjectURL(image)))
    .finally(() => {
      running -= 1;
      runNext();
    });
}

function forgetOldest() {
  const [key, address] = posters.entries().next().value;
  posters.delete(key);
  address.then((url) => url && URL.revokeObjectURL(url));
}

/**
 * The address of the poster of a completed video; null if it has none. It may have one after its
 * packaging has got further.
 */
export function posterOf({ Id: id, media }) {
  const key = `${id} ${media?.state}`;
  if (!posters.has(key)) {
    posters.set(key, new Promise((resolve) => waiting.push({ id, resolve })));
    if (posters.size > MOST_KEPT) forgetOldest();
    runNext();
  }
  return posters.get(key);
}
