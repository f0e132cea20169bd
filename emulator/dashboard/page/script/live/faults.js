/**
 * The faults that are armed or have fired.
 */
import { admin } from '../api/http.js';
import { Emitter } from '../base/emitter.js';

class Faults extends Emitter {
  list = [];
  #timer = null;

  async load() {
    this.list = (await admin('/faults')).faults;
    this.changed();
  }

  /** A fault has fired. */
  touch() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.load().catch(() => {});
    }, 120);
  }

  async add(fault) {
    const added = await admin('/faults', { method: 'POST', json: fault });
    await this.load();
    return added;
  }

  async remove(id) {
    await admin(`/faults/${id}`, { method: 'DELETE' });
    await this.load();
  }

  async clear() {
    await admin('/faults', { method: 'DELETE' });
    await this.load();
  }
}

export const faults = new Faults();
