/**
 * The journal: the requests that the emulator has kept, and those that came since the page was
 * opened.
 */
import { admin } from '../api/http.js';
import { Emitter } from '../base/emitter.js';

export const MOST_ROWS = 10_000;

class Journal extends Emitter {
  /** Newest first: {id, at, operation, videoId, method, url, status, size, faultId, isOwn}. */
  rows = [];
  isLoaded = false;
  #lastId = 0;
  #timer = null;
  #loading = Promise.resolve();

  /** Reads everything that the emulator has kept. */
  async load() {
    const { requests } = await admin('/requests');
    this.rows = requests.map(toRow);
    this.#lastId = this.rows[0]?.id ?? 0;
    this.isLoaded = true;
    this.changed();
  }

  /** A request was made: what is new is read soon. */
  touch() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#loading = this.#loading.then(() => this.#readNew()).catch(() => {});
    }, 120);
  }

  async #readNew() {
    const { requests } = await admin(`/requests?since=${this.#lastId}`);
    const fresh = requests
      .map(toRow)
      .filter(({ id }) => id > this.#lastId)
      .reverse();
    if (fresh.length === 0) return;
    this.#lastId = fresh[0].id;
    this.rows = [...fresh, ...this.rows].slice(0, MOST_ROWS);
    this.changed();
  }

  /** Empties the journal of the emulator, and this one. */
  async clear() {
    await admin('/requests', { method: 'DELETE' });
    this.forget();
  }

  /** The emulator's journal was emptied. */
  forget() {
    this.rows = [];
    this.changed();
  }
}

function toRow({ id, operation, videoId, request, response, faultId }) {
  return {
    id,
    at: request.loggedDate,
    operation,
    videoId,
    method: request.method,
    url: request.url,
    status: response.status,
    sent: request.bodySize,
    size: response.bodySize,
    faultId,
    isOwn: 'x-msc-dashboard' in lowerCased(request.headers),
  };
}

function lowerCased(headers) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

export const journal = new Journal();
