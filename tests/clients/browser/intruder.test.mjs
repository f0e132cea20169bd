// A page of one origin against the control API, which is another, in a real browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './chromium.mjs';
import { servePage } from './page_server.mjs';

const emulatorUrl = process.env.MSC_EMULATOR_URL;
const adminUrl = `${emulatorUrl}/__admin`;

let page;
let browser;
before(async () => {
  page = await servePage(Buffer.from('clip'));
  browser = await openBrowser(process.env.MSC_CHROMIUM, page.url);
});
after(async () => {
  await browser?.close();
  page?.close();
});

async function newVideo() {
  const answer = await fetch(`${emulatorUrl}/api/Videos`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ OriginalFileName: 'clip.mp4' }),
  });
  return (await answer.json()).Id;
}

// All that an intruder could have changed; without what the page's own question for formats leaves.
async function readState(video) {
  const read = async (path) => (await fetch(`${adminUrl}/${path}`)).json();
  const { requests } = await read('requests');
  return {
    videos: (await read('videos')).videos.map(({ Id, state }) => ({ Id, state })),
    faults: (await read('faults')).faults,
    created: requests.filter(({ videoId }) => videoId === video).length,
    clock: (await read('clock')).mode,
  };
}

test('a page of another origin can neither read nor change the control API', async () => {
  const video = await newVideo();
  const undisturbed = await readState(video);

  const report = await Promise.race([
    page.run({ upload: 'intrude', url: adminUrl, video }),
    browser.ended,
  ]);

  assert.equal(report.error, undefined);
  assert.equal(report.mayReadElsewhere, true); // Otherwise nothing is shown by what follows.
  assert.deepEqual(report.succeeded, []);
  assert.deepEqual(await readState(video), undisturbed);
  assert.equal(undisturbed.created, 1);
});
