/**
 * Why the last request of an operation was answered as it was, in the emulator's words.
 */
import { admin } from '../api/http.js';

/** {id, because}, or null. */
export async function explainLast(operation, status) {
  const { requests } = await admin('/requests/find', {
    method: 'POST',
    json: { operation, status },
  });
  if (requests.length === 0) return null;
  const id = Math.max(...requests.map((request) => request.id));
  const { because } = await admin(`/requests/${id}/explain`);
  return { id, because };
}
