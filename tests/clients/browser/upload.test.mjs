// A page of one origin uploads to the blob endpoint, which is another, in a real browser.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openBrowser } from './chromium.mjs';
import { allowOnly } from './cors_rules.mjs';
import { servePage } from './page_server.mjs';

const emulatorUrl = process.env.MSC_EMULATOR_URL;
const blobUrl = process.env.MSC_EMULATOR_BLOB_URL;
const clip = randomBytes(5 * 1024 * 1024 + 77);
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

let page;
let browser;
before(async () => {
  page = await servePage(clip);
  browser = await openBrowser(process.env.MSC_CHROMIUM, page.url);
});
after(async () => {
  await browser?.close();
  page?.close();
});

const run = (task) => Promise.race([page.run(task), browser.ended]);

async function newUploadUri() {
  const answer = await fetch(`${emulatorUrl}/api/Videos`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ OriginalFileName: 'clip.mp4' }),
  });
  return (await answer.json()).UploadUri;
}

async function assertIsClip(url) {
  const answer = await fetch(url);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'video/mp4');
  assert.equal(sha256(Buffer.from(await answer.arrayBuffer())), sha256(clip));
}

function assertUploaded(report) {
  assert.equal(report.error, undefined);
  assert.equal(report.status, 201, report.text);
  assert.match(report.etag, /^"0x[0-9A-F]+"$/);
  assert.ok(report.progressEvents > 0);
  assert.equal(report.loaded, report.total);
}

test('one Put Blob, with progress', async () => {
  const url = await newUploadUri();

  const report = await run({ upload: 'whole', url });

  assertUploaded(report);
  assert.equal(report.total, clip.length);
  await assertIsClip(url);
});

test('blocks of 256 KiB with ids that are not escaped, then their list', async () => {
  const url = await newUploadUri();

  const report = await run({ upload: 'blocks', url });

  assertUploaded(report);
  assert.equal(report.blocks, 21);
  assert.match(report.firstId, /[+].*=$/);
  assert.ok(report.progressEvents >= report.blocks);
  await assertIsClip(url);
});

test('a page may read a blob', async () => {
  const url = await newUploadUri();
  await run({ upload: 'whole', url });

  assert.deepEqual(await run({ upload: 'read', url }), { status: 200, size: clip.length });
});

test('a page sees why it is refused', async () => {
  const url = (await newUploadUri()).replace('&sig=', '&sig=x');

  const report = await run({ upload: 'whole', url });

  assert.equal(report.status, 403);
  assert.match(report.text, /<Code>AuthenticationFailed<\/Code>/);
});

test('rules for another origin keep the page out', async () => {
  await allowOnly(blobUrl, 'https://other.example');
  const url = await newUploadUri();

  for (const upload of ['whole', 'blocks']) {
    const report = await run({ upload, url });
    assert.equal(report.status, 0);
    assert.equal(report.etag, null);
  }

  assert.equal((await fetch(url)).status, 404);
});

test('rules for its origin let the page in again', async () => {
  await allowOnly(blobUrl, page.url);
  const url = await newUploadUri();

  assertUploaded(await run({ upload: 'blocks', url }));

  await assertIsClip(url);
});
