// Uploads as pages of the time did, with XMLHttpRequest; asks its own origin what to do, and reports there.
'use strict';

const blockSize = 256 * 1024;

// Resolves to what a page can see of the answer.
function send(url, headers, body) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const seen = { status: 0, progressEvents: 0, loaded: 0, total: 0, etag: null };
    request.open('PUT', url, true);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      seen.progressEvents += 1;
      seen.loaded = event.loaded;
      seen.total = event.total;
    };
    request.onloadend = () => {
      seen.status = request.status;
      seen.etag = request.getResponseHeader('ETag');
      seen.text = request.responseText;
      resolve(seen);
    };
    request.send(body);
  });
}

const uploads = {
  whole: (url, bytes) =>
    send(url, { 'x-ms-blob-type': 'BlockBlob', 'Content-Type': 'video/mp4' }, bytes),

  // Block ids stand in the URL as btoa gives them, with their =; a bare + would be a blank.
  async blocks(url, bytes) {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const ids = [];
    let progressEvents = 0;
    for (let at = 0; at < bytes.byteLength; at += blockSize) {
      const id = btoa(`\xfb\xef\xbe${String(ids.length).padStart(5, '0')}`);
      const block = bytes.slice(at, at + blockSize);
      const seen = await send(`${url}&comp=block&blockid=${id.replaceAll('+', '%2B')}`, form, block);
      if (seen.status !== 201) return seen;
      ids.push(id);
      progressEvents += seen.progressEvents;
    }
    const list = ids.map((id) => `<Latest>${id}</Latest>`).join('');
    const seen = await send(
      `${url}&comp=blocklist`,
      { ...form, 'x-ms-blob-content-type': 'video/mp4' },
      `<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`);
    return { ...seen, progressEvents, blocks: ids.length, firstId: ids[0] };
  },

  async read(url) {
    const answer = await fetch(url);
    return { status: answer.status, size: (await answer.arrayBuffer()).byteLength };
  },

  intrude: (url, bytes, video) => intrude(url, video),
};

async function main() {
  for (;;) {
    const task = await (await fetch('task')).json();
    const bytes = await (await fetch('clip')).arrayBuffer();
    const report = await uploads[task.upload](task.url, bytes, task.video)
      .catch((error) => ({ error: String(error) }));
    await fetch('report', { method: 'POST', body: JSON.stringify(report) });
  }
}

main();
