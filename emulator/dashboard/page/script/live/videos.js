/**
 * All videos, as the control API shows them.
 */
import { admin } from '../api/http.js';
import { Emitter } from '../base/emitter.js';

const MANY = 8; // From so many changed videos on, the whole list is read.

class Videos extends Emitter {
  /** Newest first. */
  list = [];
  isLoaded = false;
  #byId = new Map();
  #touched = new Set();
  #timer = null;
  #loading = null;

  /** The video, or undefined. */
  get(id) {
    return this.#byId.get(id);
  }

  async load() {
    const { videos } = await admin('/videos');
    this.list = videos.reverse();
    this.#byId = new Map(this.list.map((video) => [video.Id, video]));
    this.isLoaded = true;
    this.changed();
  }

  /** Something about the video has changed: it is read again soon. */
  touch(id) {
    this.#touched.add(id);
    this.#timer ??= setTimeout(() => this.#refresh(), 120);
  }

  async #refresh() {
    await this.#loading;
    this.#timer = null;
    const ids = [...this.#touched];
    this.#touched.clear();
    this.#loading = (
      ids.length >= MANY ? this.load() : Promise.all(ids.map((id) => this.read(id)))
    ).catch(() => {});
  }

  /** Reads one video now. */
  async read(id) {
    let video = null;
    try {
      video = await admin(`/videos/${encodeURIComponent(id)}`);
    } catch (error) {
      if (error.status !== 404) throw error;
    }
    this.#put(id, video);
    return video;
  }

  #put(id, video) {
    const known = this.#byId.get(id);
    if (!video) {
      this.#byId.delete(id);
      this.list = this.list.filter((other) => other.Id !== id);
    } else {
      this.#byId.set(id, video);
      this.list = known
        ? this.list.map((other) => (other.Id === id ? video : other))
        : [video, ...this.list];
    }
    this.changed();
  }
}

export const videos = new Videos();
