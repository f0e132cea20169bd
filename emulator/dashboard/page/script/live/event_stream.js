/**
 * Server-sent events by fetch, because EventSource cannot send the administration token.
 */
import { ApiError, errorOf } from '../api/errors.js';
import { askForToken, tokenChanges, tokenHeaders } from '../api/admin_token.js';
import { wait } from '../base/abort.js';

const SILENCE_MILLIS = 25_000; // The emulator sends a comment every 10 s.
const FIRST_RETRY_MILLIS = 500;
const LAST_RETRY_MILLIS = 5000;

/** The events in `text`, and what is left of it behind the last whole one. */
export function parseEvents(text) {
  const blocks = text.split(/\r?\n\r?\n/);
  const rest = blocks.pop();
  const events = blocks.map((block) => {
    const event = { id: null, kind: 'message', data: '' };
    for (const line of block.split(/\r?\n/)) {
      const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line);
      if (name === 'id') event.id = value;
      if (name === 'event') event.kind = value;
      if (name === 'data') event.data += value;
    }
    return event;
  });
  return { events: events.filter(({ data }) => data), rest };
}

// The time until the next try; a new token ends it.
async function untilRetry(millis) {
  const given = new AbortController();
  const end = tokenChanges.watch(() => given.abort());
  await wait(millis, given.signal).catch(() => {});
  end();
}

/**
 * Follows the events of the emulator for as long as the page lives.
 * @param {{onOpen: () => void, onEvent: (kind: string, data: object) => void,
 *   onLost: (reason: Error|null) => void}} listener `onOpen` comes after each (re)connection:
 *   everything may have changed.
 */
export function followEvents({ onOpen, onEvent, onLost }) {
  let retry = FIRST_RETRY_MILLIS;

  async function readAll(response, onAlive) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onAlive();
      const parsed = parseEvents(text + value);
      text = parsed.rest;
      for (const { kind, data } of parsed.events) onEvent(kind, JSON.parse(data));
    }
  }

  async function connect() {
    const ender = new AbortController();
    let silence;
    const onAlive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => ender.abort(), SILENCE_MILLIS);
    };
    onAlive();
    try {
      const response = await fetch('/__admin/events', {
        headers: tokenHeaders(),
        signal: ender.signal,
        cache: 'no-store',
      });
      if (response.status === 401 && (await askForToken())) return await connect();
      if (!response.ok) {
        const type = response.headers.get('Content-Type') ?? '';
        throw errorOf({
          status: response.status,
          reason: response.statusText,
          type,
          text: await response.text(),
        });
      }
      retry = FIRST_RETRY_MILLIS;
      onOpen();
      await readAll(response, onAlive);
    } finally {
      clearTimeout(silence);
    }
  }

  async function run() {
    for (;;) {
      const reason = await connect().catch((error) => error);
      onLost(reason instanceof ApiError ? reason : null);
      await untilRetry(retry);
      retry = Math.min(LAST_RETRY_MILLIS, retry * 2);
    }
  }
  run();
}
