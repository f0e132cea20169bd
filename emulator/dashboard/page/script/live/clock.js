/**
 * The emulator's clock, as it goes on between two answers of the control API.
 */
import { admin } from '../api/http.js';
import { Emitter } from '../base/emitter.js';

class EmulatorClock extends Emitter {
  mode = 'real';
  factor = 1;
  /** @type {Map<string, {at: number, to: string}>} the next change that time brings, by video */
  pending = new Map();
  #instant = Date.now();
  #readAt = performance.now();

  /** Now, in milliseconds since 1970. */
  now() {
    if (this.mode === 'frozen') return this.#instant;
    return this.#instant + (performance.now() - this.#readAt) * this.factor;
  }

  /** Takes what GET clock or PUT clock answered. */
  take({ mode, factor, currentEpochMillis, pending }) {
    this.mode = mode;
    this.factor = mode === 'frozen' ? 0 : (factor ?? 1);
    this.#instant = currentEpochMillis;
    this.#readAt = performance.now();
    this.pending = new Map(
      pending.map(({ at, videoId, to }) => [videoId, { at: Date.parse(at), to }]),
    );
    this.changed();
  }

  async load() {
    this.take(await admin('/clock'));
  }

  /** PUT clock; resolves to what happened by it. */
  async change(action) {
    const answer = await admin('/clock', { method: 'PUT', json: action });
    this.take(answer);
    return answer.fired;
  }
}

export const clock = new EmulatorClock();
