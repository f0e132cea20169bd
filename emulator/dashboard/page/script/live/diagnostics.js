/**
 * What clients did that the real service would punish or that costs money.
 */
import { admin } from '../api/http.js';
import { Emitter } from '../base/emitter.js';

class Diagnostics extends Emitter {
  /** {code, videoId, message, firstAt, count}. */
  list = [];

  async load() {
    this.list = (await admin('/diagnostics')).diagnostics;
    this.changed();
  }
}

export const diagnostics = new Diagnostics();
