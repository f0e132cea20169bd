/**
 * Requests to the emulator.
 */
import { askForToken, tokenHeaders } from './admin_token.js';
import { connectionError, errorOf } from './errors.js';

const ADMIN = '/__admin';

/**
 * @typedef {{status: number, reason: string, type: string, headers: Headers, bytes: Uint8Array, text: string}} Answer
 */

/** Sends a request and reads the response whole. Throws ApiError only if there is none. */
export async function exchange(url, { method = 'GET', headers = {}, body, signal } = {}) {
  let response;
  let bytes;
  try {
    response = await fetch(url, { method, headers, body, signal, cache: 'no-store' });
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw error.name === 'AbortError' ? error : connectionError();
  }
  return {
    status: response.status,
    reason: response.statusText,
    type: response.headers.get('Content-Type') ?? '',
    headers: response.headers,
    bytes,
    get text() {
      return new TextDecoder().decode(bytes);
    },
  };
}

/** The same; a response that is an error is thrown as ApiError. */
export async function request(url, options) {
  const answer = await exchange(url, options);
  if (answer.status >= 400) throw errorOf(answer);
  return answer;
}

/** A request to the control API, with the administration token if one is needed. */
export async function adminExchange(
  path,
  { method = 'GET', json, body, headers = {}, signal } = {},
) {
  const send = () =>
    exchange(path.startsWith(ADMIN) ? path : ADMIN + path, {
      method,
      signal,
      body: json === undefined ? body : JSON.stringify(json),
      headers: {
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
        ...tokenHeaders(),
      },
    });
  let answer = await send();
  while (answer.status === 401 && (await askForToken())) answer = await send();
  return answer;
}

/** The same, with the parsed JSON of the response; errors are thrown. */
export async function admin(path, options) {
  const answer = await adminExchange(path, options);
  if (answer.status >= 400) throw errorOf(answer);
  return answer.type.includes('json') ? JSON.parse(answer.text) : answer;
}
