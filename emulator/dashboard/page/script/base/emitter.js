/**
 * Something that changes, and tells those who watch it.
 */
export class Emitter {
  #listeners = new Set();
  #scheduled = false;

  /**
   * Calls `listener` after each change, at most once a frame. Returns a function that ends it.
   * @param {() => void} listener
   */
  watch(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Says that something has changed. */
  changed() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // A hidden tab draws no frames, but its title and its uploads go on.
    const soon = document.hidden ? (run) => setTimeout(run, 100) : requestAnimationFrame;
    soon(() => {
      this.#scheduled = false;
      for (const listener of [...this.#listeners]) listener();
    });
  }
}
