/**
 * Why the last request of an operation was answered as it was, in the emulator's words.
 */
import { admin } from '../api/http.js';

/** {id, because} of the last such request to `url`; null if there is none. */
export async function explainLast(operation, status, url) {
  const { requests } = await admin('/requests/find', {
    method: 'POST',
    json: { operation, status },
  });
  const { pathname, search } = new URL(url);
  const ids = requests
    .filter(({ request }) => request.url === pathname + search)
    .map(({ id }) => id);
  if (ids.length === 0) return null;
  const id = Math.max(...ids);
  const { because } = await admin(`/requests/${id}/explain`);
  return { id, because };
}
