// A page that is a blob, in a real browser: it has the address of the control API, but not its origin.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './chromium.mjs';
import { servePage } from './page_server.mjs';

const emulatorUrl = process.env.MSC_EMULATOR_URL;

let reports;
before(async () => (reports = await servePage(Buffer.from('clip'))));
after(() => reports?.close());

async function newUploadUrl() {
  const answer = await fetch(`${emulatorUrl}/api/Videos`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ OriginalFileName: 'clip.mp4' }),
  });
  return (await answer.json()).UploadUri;
}

// Runs in the blob's page: what it can do with the control API, and with its own script.
async function attack(reportUrl) {
  const can = async (path, options) => {
    try {
      return (await fetch(path, options)).ok;
    } catch {
      return false;
    }
  };
  const report = {
    origin: self.origin,
    reads: await can('/__admin/videos'),
    resets: await can('/__admin/reset', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    }),
    deletes: await can('/__admin/requests', { method: 'DELETE' }),
  };
  await fetch(reportUrl, { method: 'POST', mode: 'no-cors', body: JSON.stringify(report) });
}

test('a page that is a blob can neither read nor change the control API', async () => {
  const url = await newUploadUrl();
  const page = `<!DOCTYPE html><script>(${attack})('${reports.url}/report')</script>`;
  const uploaded = await fetch(url, {
    method: 'PUT',
    headers: { 'x-ms-blob-type': 'BlockBlob', 'x-ms-blob-content-type': 'text/html' },
    body: page,
  });
  assert.equal(uploaded.status, 201);

  const reported = reports.run({});
  const browser = await openBrowser(process.env.MSC_CHROMIUM, url);
  try {
    const report = await Promise.race([reported, browser.ended]);
    assert.deepEqual(report, { origin: 'null', reads: false, resets: false, deletes: false });
  } finally {
    await browser.close();
  }

  const { videos } = await (await fetch(`${emulatorUrl}/__admin/videos`)).json();
  assert.equal(videos.length, 1);
});
