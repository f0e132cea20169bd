/**
 * Plays a video as a client does, without a library: endpoint, manifest, token, key, fragments,
 * decryption, Media Source Extensions. Each step can be watched, and one of them can be broken.
 */
import { endpointRequest, send, tokenRequest } from '../api/connector.js';
import { ApiError, errorOf } from '../api/errors.js';
import { exchange, request } from '../api/http.js';
import { abortable } from '../base/abort.js';
import { Emitter } from '../base/emitter.js';
import { broken, decrypt, importKey } from './envelope.js';
import { parseManifest } from './manifest.js';
import { forged, tokenOf } from './token.js';
import { TrackBuffer } from './track_buffer.js';

const KEY_BYTES = 16;
const STEPS = ['endpoint', 'manifest', 'token', 'key', 'fragments'];

/**
 * What the steps know: {state: "waiting" | "running" | "done" | "failed" | "unneeded", request,
 * status, millis, error}; besides, manifest: {duration, tracks}, token: {token}, key: {bytes}.
 */
export class Player extends Emitter {
  steps = {};
  /** @type {TrackBuffer[]} */
  tracks = [];
  /** "idle", "loading", "playing", "failed", "ended" */
  state = 'idle';
  #video;
  #ender = new AbortController();
  #wake = () => {};
  #objectUrl = null;

  /** @param {HTMLVideoElement} video */
  constructor(video) {
    super();
    this.#video = video;
    this.#clear();
    for (const event of ['timeupdate', 'seeking'])
      video.addEventListener(event, () => this.#wake());
    video.addEventListener('playing', () => this.#set('playing'));
    video.addEventListener('ended', () => this.#set('ended'));
  }

  /**
   * Plays from the beginning.
   * @param {string} id of the video
   * @param {"nothing"|"token"|"key"|"iv"} breaks what is made wrong on the way
   * @returns {Promise<void>} resolves when the video plays; rejects with what hinders it
   */
  async start(id, breaks = 'nothing') {
    this.stop();
    this.#ender = new AbortController();
    const { signal } = this.#ender;
    this.#set('loading');
    try {
      const manifestUrl = await this.#step('endpoint', () => this.#getEndpoint(id, signal));
      const manifest = await this.#step('manifest', () => this.#getManifest(manifestUrl, signal));
      const key = await this.#getKey(id, manifest, breaks, signal);
      await this.#step('fragments', () => this.#play(manifest, key, breaks, signal));
    } catch (error) {
      if (error.name !== 'AbortError') this.#set('failed');
      throw error;
    }
  }

  stop() {
    this.#ender.abort();
    this.#video.removeAttribute('src');
    this.#video.load();
    if (this.#objectUrl) URL.revokeObjectURL(this.#objectUrl);
    this.#objectUrl = null;
    this.#clear();
    this.#set('idle');
  }

  #clear() {
    this.tracks = [];
    this.steps = Object.fromEntries(STEPS.map((name) => [name, { state: 'waiting' }]));
  }

  #set(state) {
    this.state = state;
    this.changed();
  }

  async #step(name, action) {
    const step = this.steps[name];
    step.state = 'running';
    this.changed();
    const began = performance.now();
    try {
      const result = await action(step);
      step.state = 'done';
      return result;
    } catch (error) {
      step.state = error.name === 'AbortError' ? 'waiting' : 'failed';
      if (step.state === 'failed') step.error = error;
      if (error.status) step.status = error.status;
      throw error;
    } finally {
      step.millis = performance.now() - began;
      this.changed();
    }
  }

  async #getEndpoint(id, signal) {
    const step = this.steps.endpoint;
    step.request = endpointRequest(id, 'DASH');
    const answer = await send(step.request, signal);
    step.status = answer.status;
    step.url = JSON.parse(answer.text).PlaybackUrl;
    return step.url;
  }

  async #getManifest(url, signal) {
    const step = this.steps.manifest;
    step.request = { method: 'GET', url };
    const answer = await request(url, { signal });
    step.status = answer.status;
    step.manifest = parseManifest(answer.text, url);
    return step.manifest;
  }

  // Null for a clear video.
  async #getKey(id, { tracks }, breaks, signal) {
    const protection = tracks.find((track) => track.protection)?.protection;
    if (!protection) {
      this.steps.token.state = 'unneeded';
      this.steps.key.state = 'unneeded';
      return null;
    }
    const token = await this.#step('token', () => this.#getToken(id, protection, breaks, signal));
    const bytes = await this.#step('key', () => this.#fetchKey(protection, token, signal));
    return importKey(breaks === 'key' ? broken(bytes) : bytes);
  }

  async #getToken(id, { keyUrl }, breaks, signal) {
    const step = this.steps.token;
    const keyId =
      new URL(keyUrl).searchParams.get('kid') ?? new URL(keyUrl).searchParams.get('KID');
    step.request = tokenRequest(id, keyId);
    const answer = await send(step.request, signal);
    step.status = answer.status;
    const token = tokenOf(JSON.parse(answer.text).value);
    step.token = breaks === 'token' ? forged(token) : token;
    step.isForged = breaks === 'token';
    return step.token;
  }

  async #fetchKey({ keyUrl }, token, signal) {
    const step = this.steps.key;
    step.request = { method: 'GET', url: keyUrl, headers: { Authorization: `Bearer ${token}` } };
    const answer = await exchange(keyUrl, { headers: step.request.headers, signal });
    step.status = answer.status;
    if (answer.status !== 200) throw errorOf(answer);
    if (answer.bytes.length !== KEY_BYTES) {
      const detail = `It has ${answer.bytes.length} bytes instead of ${KEY_BYTES}.`;
      throw new ApiError(0, { title: 'The key cannot be used', detail });
    }
    step.bytes = answer.bytes;
    return answer.bytes;
  }

  async #play({ duration, tracks }, key, breaks, signal) {
    this.steps.fragments.request = { method: 'GET', url: tracks[0].urlOf(tracks[0].segments[0]) };
    const source = await this.#openSource(signal);
    this.tracks = tracks.map((track) => new TrackBuffer(track, addBuffer(source, track)));
    source.duration = duration || Math.max(...tracks.map(({ segments }) => segments.at(-1).end));
    for (const buffer of this.tracks) {
      const { bytes } = await request(buffer.track.initUrl, { signal });
      await buffer.append(await clearBytes(buffer.track, bytes, key, breaks), 0);
    }
    // Nothing must be left that rejects unseen: a failure ends the other tracks.
    const feeding = Promise.all(
      this.tracks.map((buffer) => this.#feed(buffer, key, breaks, signal)),
    );
    feeding.then(
      () => source.readyState === 'open' && source.endOfStream(),
      (error) => signal.aborted || this.#failLater(error),
    );
    await Promise.race([feeding, this.#whenPlaying(signal)]);
  }

  // The error came when the video was playing already.
  #failLater(error) {
    this.#ender.abort();
    if (this.state === 'failed') return;
    Object.assign(this.steps.fragments, { state: 'failed', error });
    this.#set('failed');
  }

  #openSource(signal) {
    if (!globalThis.MediaSource)
      throw new ApiError(0, { title: 'This browser has no Media Source Extensions' });
    const source = new MediaSource();
    this.#objectUrl = URL.createObjectURL(source);
    this.#video.src = this.#objectUrl;
    return abortable(signal, (resolve) =>
      source.addEventListener('sourceopen', () => resolve(source), { once: true }),
    );
  }

  async #whenPlaying(signal) {
    await new Promise((resolve) =>
      this.#video.addEventListener('loadeddata', resolve, { once: true, signal }),
    );
    // Without a gesture some browsers play only without sound.
    await this.#video.play().catch(() => {
      this.#video.muted = true;
      return this.#video.play().catch(() => {});
    });
  }

  // Fetches what the position needs, until all is there.
  async #feed(buffer, key, breaks, signal) {
    while (!buffer.isComplete) {
      signal.throwIfAborted();
      const index = buffer.nextFor(this.#video.currentTime);
      if (index < 0) await this.#untilWoken(signal);
      else await this.#fetchSegment(buffer, index, key, breaks, signal);
    }
  }

  #untilWoken(signal) {
    return abortable(signal, (resolve) => {
      const before = this.#wake;
      this.#wake = () => {
        before();
        resolve();
        this.#wake = () => {};
      };
    });
  }

  async #fetchSegment(buffer, index, key, breaks, signal) {
    const mark = (state) => {
      buffer.states[index] = state;
      this.changed();
    };
    const { track } = buffer;
    try {
      mark('fetching');
      let { bytes } = await request(track.urlOf(track.segments[index]), { signal });
      mark('fetched');
      bytes = await clearBytes(track, bytes, key, breaks);
      if (track.protection) mark('decrypted');
      await buffer.append(bytes, this.#video.currentTime);
      mark('ready');
    } catch (error) {
      mark('failed');
      throw error;
    }
  }
}

// The initialization segment and the fragments of a protected track are encrypted in the same way.
async function clearBytes({ protection }, bytes, key, breaks) {
  if (!protection) return bytes;
  return decrypt(bytes, key, breaks === 'iv' ? broken(protection.iv) : protection.iv);
}

function addBuffer(source, { type }) {
  if (!MediaSource.isTypeSupported(type)) {
    throw new ApiError(0, {
      title: 'This browser cannot play the video',
      detail: `It does not know ${type}.`,
    });
  }
  return source.addSourceBuffer(type);
}
