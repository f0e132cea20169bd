// The players of browsers, in a page of another origin.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { openBrowser } from './chromium.mjs';
import { serve } from './page_server.mjs';
import { newPlayable, newToken, playbackUrl, takeKeyRequests } from './videos.mjs';

const file = (name) => readFileSync(new URL(name, import.meta.url));
const script = (name) => ['text/javascript', file(name)];
const clip = process.env.MSC_CLIP;
const screenshot = process.env.MSC_SCREENSHOT;

let page;
let browser;
let shielded; // A protected video,
let clear; // and one that is not.
before(async () => {
  page = await serve({
    '/': ['text/html', file('page.html')],
    '/page.js': script('page.js'),
    '/hls.js': script('node_modules/hls.js/dist/hls.min.js'),
    '/shaka.js': script('node_modules/shaka-player/dist/shaka-player.compiled.js'),
    '/dash.js': script('node_modules/dashjs/dist/dash.all.min.js'),
    '/mss.js': script('node_modules/dashjs/dist/dash.mss.min.js'),
    '/rx.js': script('node_modules/rx-player/dist/rx-player.min.js'),
  });
  [shielded, clear] = await Promise.all([newPlayable(clip, { ContentProtectionMode: 'AES128' }), newPlayable(clip)]);
  browser = await openBrowser(process.env.MSC_CHROMIUM, page.url);
});
after(async () => {
  await browser?.close();
  page?.close();
});

const run = (task) => Promise.race([page.run(task), browser.ended]);
const play = (player, url, more = {}) => run({ name: 'play', caption: player, player, url, seek: 7, ...more });
const withToken = async (url) => `${url}?token=${encodeURIComponent(await newToken(shielded))}`;

let played = 0;
function assertPlayed(report) {
  assert.equal(report.error, undefined);
  assert.deepEqual([report.width, report.height], [640, 360]);
  assert.ok(Math.abs(report.duration - 13) < 0.2, `it lasts ${report.duration} s`);
  assert.ok(report.time > 12.5, `it ends at ${report.time} s`);
  assert.ok(report.frames > 20, `${report.frames} frames`);
  if (report.colours !== null) assert.ok(report.colours > 20, `${report.colours} colours`);
  played += 1;
}

// The keys were asked for with a token in the URL, or in none.
async function assertKeysTaken(areInUrls) {
  const requests = await takeKeyRequests();
  assert.ok(requests.length > 0, 'no key was asked for');
  for (const { url, status } of requests) {
    assert.equal(status, 200);
    assert.equal(url.includes('token='), areInUrls, url);
  }
}

for (const format of ['m3u8-aapl', 'm3u8-aapl-v3']) {
  test(`a plain video element plays protected HLS, ${format}`, async () => {
    const url = (await playbackUrl(shielded, 'HLS')).replace('m3u8-aapl', format);
    assertPlayed(await play('native', await withToken(url), { caption: `video element, ${format}` }));
    await assertKeysTaken(true);
  });

  test(`hls.js plays protected HLS, ${format}, with the token as a header`, async () => {
    const url = (await playbackUrl(shielded, 'HLS')).replace('m3u8-aapl', format);
    const token = (await newToken(shielded)).replace('Bearer=', 'Bearer ');
    assertPlayed(await play('hlsjs', url, { token, caption: `hls.js, header, ${format}` }));
    await assertKeysTaken(false);
  });
}

test('a video element of which the page may read the picture plays protected HLS', async () => {
  const url = await withToken(await playbackUrl(shielded, 'HLS'));
  assertPlayed(await play('native', url, { readable: true, caption: 'video element, readable' }));
  await assertKeysTaken(true);
});

test('hls.js plays protected HLS with the token in the query', async () => {
  const url = await withToken(await playbackUrl(shielded, 'HLS'));
  assertPlayed(await play('hlsjs', url, { caption: 'hls.js, query' }));
  await assertKeysTaken(true);
});

test('hls.js does not play protected HLS without a token', async () => {
  const report = await play('hlsjs', await playbackUrl(shielded, 'HLS'));
  assert.equal(report.error, 'keyLoadError 401');
  await takeKeyRequests();
});

test('a plain video element does not play protected HLS without a token', async () => {
  const report = await play('native', await playbackUrl(shielded, 'HLS'));
  assert.notEqual(report.error, undefined);
  for (const { status } of await takeKeyRequests()) assert.equal(status, 401);
});

test('Shaka Player plays protected DASH with the token as a header', async () => {
  const token = (await newToken(shielded)).replace('Bearer=', 'Bearer ');
  const url = await playbackUrl(shielded, 'DASH');
  assertPlayed(await play('shaka', url, { token, caption: 'Shaka, protected, header' }));
  await assertKeysTaken(false);
});

test('Shaka Player plays protected DASH with the token in the query', async () => {
  const url = await withToken(await playbackUrl(shielded, 'DASH'));
  assertPlayed(await play('shaka', url, { caption: 'Shaka, protected, query' }));
  await assertKeysTaken(true);
});

test('Shaka Player does not play protected DASH without a token', async () => {
  const report = await play('shaka', await playbackUrl(shielded, 'DASH'));
  assert.match(report.error, /401/);
});

test('Shaka Player plays clear DASH', async () => {
  assertPlayed(await play('shaka', await playbackUrl(clear, 'DASH'), { caption: 'Shaka, clear' }));
});

test('dash.js plays clear DASH', async () => {
  assertPlayed(await play('dashjs', await playbackUrl(clear, 'DASH'), { caption: 'dash.js, DASH' }));
});

test('dash.js plays Smooth Streaming', async () => {
  assertPlayed(await play('dashjs', await playbackUrl(clear, 'Streaming'), { caption: 'dash.js, Smooth' }));
});

test('RxPlayer plays Smooth Streaming', async () => {
  assertPlayed(await play('rx', await playbackUrl(clear, 'Streaming'), { caption: 'RxPlayer, Smooth' }));
});

test('all of them play at once', async () => {
  const report = await run({ name: 'playAll' });
  assert.deepEqual(report, { playing: played });
  if (screenshot) await writeFile(screenshot, await browser.screenshot());
});
