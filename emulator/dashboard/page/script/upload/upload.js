/**
 * One upload, as a client of the connector does it: create, blocks, block list, MarkComplete.
 */
import { createRequest, markCompleteRequest, send } from '../api/connector.js';
import { wait } from '../base/abort.js';
import { Emitter } from '../base/emitter.js';
import { ctrCipher } from './ctr_cipher.js';
import { put } from './put_block.js';

const SMALLEST_BLOCK = 16 * 1024;
const LARGEST_BLOCK = 4 * 1024 * 1024;
const BLOCKS_AT_ONCE = 3;
const TRIES = 4;
const FIRST_WAIT_MILLIS = 300;

/** Small files get a few blocks too, so that there is something to see. */
export function blockSizeFor(size) {
  const quarter = Math.ceil(size / 4 / SMALLEST_BLOCK) * SMALLEST_BLOCK;
  return Math.min(LARGEST_BLOCK, Math.max(SMALLEST_BLOCK, quarter));
}

const blockId = (index) => btoa(`block-${String(index).padStart(6, '0')}`);

/**
 * A step: {name, state: "waiting" | "running" | "done" | "failed", request, status, error}.
 * An upload's state: "running", "paused", "failed", "cancelled", "done".
 */
export class Upload extends Emitter {
  state = 'running';
  video = null; // What the connector answered to the creation.
  sent = 0;
  speed = 0; // Bytes a second.
  retries = 0;
  blocks; // {index, state, loaded, tries}
  steps;
  #inFlight = new AbortController(); // Of the newest run.
  #running = Promise.resolve();
  #encrypt = null;
  #samples = [];
  #whenEnded = Promise.withResolvers?.() ?? withResolvers();

  /**
   * @param {Blob} file
   * @param {{name: string, isProtected: boolean, isEncrypted: boolean}} options
   */
  constructor(file, options) {
    super();
    this.file = file;
    this.options = options;
    this.blockSize = blockSizeFor(file.size);
    const number = Math.max(1, Math.ceil(file.size / this.blockSize));
    this.blocks = Array.from({ length: number }, (_, index) => ({
      index,
      state: 'waiting',
      loaded: 0,
      tries: 0,
    }));
    this.steps = {
      create: { state: 'waiting', request: createRequest(options) },
      blocks: { state: 'waiting' },
      list: { state: 'waiting' },
      complete: { state: 'waiting' },
    };
  }

  get isActive() {
    return this.state === 'running' || this.state === 'paused';
  }

  /** Resolves to the state in which the upload ended: "done", "cancelled" or "failed". */
  get ended() {
    return this.#whenEnded.promise;
  }

  /**
   * Goes on from where it is: at the start, after a pause or after an error. A run that was paused
   * ends before the next one begins.
   */
  run() {
    const inFlight = new AbortController();
    this.#inFlight = inFlight;
    this.#set('running');
    this.#running = this.#running.then(() => this.#run(inFlight));
    return this.#running;
  }

  async #run(inFlight) {
    const { signal } = inFlight;
    // The POST requests are not aborted: nobody could tell whether they were done.
    try {
      await this.#step('create', signal, () => this.#create());
      await this.#step('blocks', signal, () => this.#putBlocks(inFlight));
      await this.#step('list', signal, () => this.#putList(signal));
      await this.#step('complete', signal, () => this.#complete());
      this.#end(inFlight, 'done');
    } catch (error) {
      if (error.name !== 'AbortError') this.#end(inFlight, 'failed');
    }
  }

  // A run that was cancelled, or that another one follows, leaves the state alone.
  #end(inFlight, state) {
    if (this.#inFlight !== inFlight || this.state === 'cancelled') return;
    this.#set(state);
    this.#whenEnded.resolve(state);
  }

  pause() {
    this.#set('paused');
    this.#inFlight.abort();
  }

  cancel() {
    this.#set('cancelled');
    this.#inFlight.abort();
    this.#whenEnded.resolve(this.state);
  }

  #set(state) {
    this.state = state;
    this.#samples = [];
    this.speed = 0;
    this.changed();
  }

  async #step(name, signal, action) {
    const step = this.steps[name];
    if (step.state === 'done') return;
    signal.throwIfAborted();
    step.state = 'running';
    step.error = null;
    this.changed();
    try {
      step.status = await action();
      step.state = 'done';
    } catch (error) {
      step.state = error.name === 'AbortError' ? 'waiting' : 'failed';
      step.error = error.name === 'AbortError' ? null : error;
      step.status = error.status ?? null;
      throw error;
    } finally {
      this.changed();
    }
  }

  async #create() {
    const answer = await send(this.steps.create.request);
    this.video = JSON.parse(answer.text);
    const { InputStorageEncryptionSymmetricKey: key, InputStorageEncryptionIv: iv } = this.video;
    if (this.options.isEncrypted) this.#encrypt = await ctrCipher(key, iv);
    this.steps.blocks.request = this.#blockRequest(0);
    this.steps.list.request = this.#listRequest();
    this.steps.complete.request = markCompleteRequest(this.video.Id);
    return answer.status;
  }

  #blockRequest(index) {
    const url = `${this.video.UploadUri}&comp=block&blockid=${encodeURIComponent(blockId(index))}`;
    return { method: 'PUT', url, headers: {}, file: `block-${index}` };
  }

  #listRequest() {
    const list = this.blocks.map(({ index }) => `<Latest>${blockId(index)}</Latest>`).join('');
    return {
      method: 'PUT',
      url: `${this.video.UploadUri}&comp=blocklist`,
      headers: { 'x-ms-blob-content-type': this.file.type || 'application/octet-stream' },
      body: `<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`,
    };
  }

  async #putBlocks(inFlight) {
    const waiting = this.blocks.filter(({ state }) => state !== 'done');
    const work = async () => {
      for (let block = waiting.shift(); block; block = waiting.shift())
        await this.#putBlock(block, inFlight.signal);
    };
    const workers = Array.from({ length: BLOCKS_AT_ONCE }, work);
    try {
      await Promise.all(workers);
    } catch (error) {
      inFlight.abort(); // The other blocks stop too; those that arrived stay.
      await Promise.allSettled(workers);
      throw error;
    }
    return 201;
  }

  async #putBlock(block, signal) {
    const from = block.index * this.blockSize;
    let bytes = await this.file.slice(from, from + this.blockSize).arrayBuffer();
    if (this.#encrypt) bytes = await this.#encrypt(bytes, from);
    block.tries = 0;
    for (;;) {
      block.tries += 1;
      block.state = 'running';
      try {
        await put(this.#blockRequest(block.index).url, bytes, {
          signal,
          onProgress: (loaded) => this.#progress(block, loaded),
        });
        block.state = 'done';
        this.#progress(block, bytes.byteLength);
        return;
      } catch (error) {
        await this.#afterFailure(block, error, signal);
      }
    }
  }

  // Waits before the next try, longer each time; throws if there is none.
  async #afterFailure(block, error, signal) {
    this.#progress(block, 0);
    block.state = error.name === 'AbortError' ? 'waiting' : 'failed';
    const mayHelp = error.status === 0 || error.status === 408 || error.status >= 500;
    if (!mayHelp || block.tries >= TRIES || signal.aborted) throw error;
    this.retries += 1;
    block.state = 'retrying';
    this.changed();
    try {
      await wait(FIRST_WAIT_MILLIS * 2 ** (block.tries - 1), signal);
    } catch (stopped) {
      block.state = 'waiting';
      throw stopped;
    }
  }

  #progress(block, loaded) {
    this.sent += loaded - block.loaded;
    block.loaded = loaded;
    const now = performance.now();
    this.#samples.push([now, this.sent]);
    while (this.#samples.length > 2 && now - this.#samples[0][0] > 3000) this.#samples.shift();
    const [since, sentThen] = this.#samples[0];
    if (now - since > 100)
      this.speed = Math.max(0, ((this.sent - sentThen) / (now - since)) * 1000);
    this.changed();
  }

  async #putList(signal) {
    const { url, headers, body } = this.steps.list.request;
    return put(url, body, { headers, signal });
  }

  async #complete() {
    return (await send(this.steps.complete.request)).status;
  }
}

// For browsers without Promise.withResolvers.
function withResolvers() {
  let resolve;
  const promise = new Promise((given) => {
    resolve = given;
  });
  return { promise, resolve };
}
