/**
 * One track on its way into the browser: which fragments are there, and which one comes next.
 */

const AHEAD_SECONDS = 20;
const KEPT_BEHIND_SECONDS = 20;

export class TrackBuffer {
  /** For each segment: "waiting", "fetching", "fetched", "decrypted", "ready", "failed". */
  states;
  #buffer;

  /**
   * @param {import('./manifest.js').Track} track
   * @param {SourceBuffer} buffer
   */
  constructor(track, buffer) {
    this.track = track;
    this.states = track.segments.map(() => 'waiting');
    this.#buffer = buffer;
  }

  /** The index of the segment that the position needs next; -1 if it needs none now. */
  nextFor(position) {
    return this.track.segments.findIndex(
      ({ start, end }, index) =>
        this.states[index] === 'waiting' && end > position && start < position + AHEAD_SECONDS,
    );
  }

  get isComplete() {
    return this.states.every((state) => state === 'ready');
  }

  /** Appends bytes. If the browser has no room, what was played is removed first. */
  async append(bytes, position) {
    try {
      await this.#do(() => this.#buffer.appendBuffer(bytes));
    } catch (error) {
      if (error.name !== 'QuotaExceededError' || position < KEPT_BEHIND_SECONDS) throw error;
      await this.#forgetBefore(position - KEPT_BEHIND_SECONDS);
      await this.#do(() => this.#buffer.appendBuffer(bytes));
    }
  }

  async #forgetBefore(position) {
    await this.#do(() => this.#buffer.remove(0, position));
    this.track.segments.forEach(({ start }, index) => {
      if (start < position) this.states[index] = 'waiting';
    });
  }

  // Resolves when the buffer has done it.
  #do(action) {
    return new Promise((resolve, reject) => {
      const listening = new AbortController();
      const { signal } = listening;
      const end = (settle, value) => {
        listening.abort();
        settle(value);
      };
      this.#buffer.addEventListener('updateend', () => end(resolve), { signal });
      this.#buffer.addEventListener(
        'error',
        () => end(reject, new Error('The browser cannot play this fragment')),
        { signal },
      );
      try {
        action();
      } catch (error) {
        end(reject, error);
      }
    });
  }
}
