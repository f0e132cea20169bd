/**
 * The uploads of this page. They go on while other views are shown.
 */
import { request } from '../api/http.js';
import { Emitter } from '../base/emitter.js';
import { Upload } from './upload.js';

const SAMPLE = '/__dashboard/sample.mp4';

class Uploads extends Emitter {
  /** @type {Upload[]} newest first */
  list = [];

  /** Starts to upload `file`; options as Upload's without the name. */
  start(file, options) {
    const upload = new Upload(file, { ...options, name: options.name ?? file.name });
    this.list = [upload, ...this.list];
    upload.watch(() => this.changed());
    upload.run();
    this.changed();
    return upload;
  }

  remove(upload) {
    if (upload.isActive) upload.cancel();
    this.list = this.list.filter((other) => other !== upload);
    this.changed();
  }
}

export const uploads = new Uploads();

/** The clip that comes with the page. */
export async function sampleClip() {
  const answer = await request(SAMPLE);
  return new File([answer.bytes], 'sample.mp4', { type: 'video/mp4' });
}

// A page that is left stops its uploads.
window.addEventListener('beforeunload', (event) => {
  if (uploads.list.some((upload) => upload.isActive)) event.preventDefault();
});
