// The whole story in the page: upload, process, play, refuse, break, reset.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Dashboard, openBrowser } from './browser.mjs';
import { startEmulator } from './emulator.mjs';

let browser;
let emulator;
let dashboard;
before(async () => {
  browser = await openBrowser();
  emulator = await startEmulator('--blob-port', '0', '--processing-time', '1h');
});
after(async () => {
  await browser?.close();
  await emulator?.stop();
});
beforeEach(async () => {
  await emulator.admin('/reset', {});
  dashboard = await (await Dashboard.open(browser, emulator.url)).connected();
});
afterEach(() => dashboard.close());

// Uploads the sample clip; resolves to the video when it is marked complete.
async function upload({ isProtected, isEncrypted }) {
  await dashboard.page.$$eval(
    '.drop-zone .switch-input',
    (inputs, wanted) =>
      inputs.forEach((input, index) => input.checked !== wanted[index] && input.click()),
    [isProtected, isEncrypted],
  );
  await dashboard.press('Use the sample clip');
  await dashboard.see('Processing', '.upload-card');
  return (await emulator.admin('/videos')).videos.at(-1);
}

async function complete({ Id }) {
  await dashboard.go('/control');
  await dashboard.press('To the next change');
  await emulator.admin(`/videos/${Id}/wait`, { state: 'Completed', timeoutMillis: 30_000 });
  await dashboard.go(`/videos/${Id}`);
  await dashboard.see('Completed', '.title-row');
}

const playerIs = (state) => dashboard.page.waitForSelector(`.player[data-player="${state}"]`);
const position = () => dashboard.page.$eval('.player-video', (video) => video.currentTime);
const choose = (breaks) =>
  dashboard.page.$eval(`input[value="${breaks}"]`, (input) => input.click());

async function assertPlays() {
  await dashboard.press('Play', '.player');
  await playerIs('playing');
  await dashboard.page.waitForFunction(
    () => document.querySelector('.player-video').currentTime > 0.2,
  );
  assert.ok((await position()) > 0);
}

for (const isProtected of [false, true]) {
  for (const isEncrypted of [false, true]) {
    const words = `${isProtected ? 'a protected' : 'a clear'} video, ${isEncrypted ? 'encrypted' : 'plain'} on its way`;
    test(`uploads, processes and plays ${words}`, async () => {
      const video = await upload({ isProtected, isEncrypted });
      assert.equal(video.ContentProtectionMode, isProtected ? 'AES128' : 'None');
      assert.equal(video.InputStorageEncryptionMode, isEncrypted ? 'AES256' : null);
      assert.ok(video.upload.blocks > 1);
      assert.deepEqual(video.diagnostics, []);

      await complete(video);
      await assertPlays();
      await dashboard.see('0:08', '.facts');
    });
  }
}

test('shows why a forged token is refused', async () => {
  await complete(await upload({ isProtected: true, isEncrypted: false }));

  await choose('token');
  await dashboard.press('Play', '.player');

  await playerIs('failed');
  await dashboard.see('401', '.player-steps');
  await dashboard.see('The emulator explains', '.player-steps');
  await dashboard.see('forged', '.claims');
});

test('shows what a wrong key and a wrong IV do, and then plays', async () => {
  await complete(await upload({ isProtected: true, isEncrypted: false }));

  await choose('key');
  await dashboard.press('Play', '.player');
  await dashboard.see('cannot be decrypted', '.step-error');
  await choose('iv'); // Another choice plays again at once.
  await dashboard.see('the IV or the key is another one', '.step-error');
  await choose('nothing');

  await playerIs('playing');
});

test('arms a fault, and the upload gets over it', async () => {
  await dashboard.go('/control');
  await dashboard.page.$eval('.arm-busy', (button) => button.click());
  await dashboard.see('fired 0×, 2 left');
  await dashboard.go('/videos');

  await upload({ isProtected: false, isEncrypted: false });

  await dashboard.see('2 retries', '.upload-card');
  await dashboard.go('/control');
  await dashboard.see('fired 2×, spent');
  await dashboard.go('/traffic');
  await dashboard.see('503', '.request-list');
});

test('explains a request, and makes a fault of it', async () => {
  await fetch(`${emulator.url}/api/Video/typo`);
  await dashboard.go('/traffic');

  await dashboard.page.waitForSelector('.request-list .row-button');
  await dashboard.page.$eval('.request-list .row-button', (row) => row.click());

  await dashboard.see('no route matches GET /api/Video/typo', '.drawer');
  await dashboard.see(`curl -i '${emulator.url}/api/Video/typo'`, '.drawer');
  await dashboard.press('Make a fault of this', '.drawer');
  await dashboard.press('Arm it');
  await dashboard.see('1 left');
  assert.equal((await fetch(`${emulator.url}/api/Video/typo`)).status, 404);
  await dashboard.see('fired 1×, spent');
});

test('pauses and goes on with an upload', async () => {
  await emulator.admin('/faults', {
    match: { operation: 'PutBlock' },
    times: 3,
    action: { fixedDelayMilliseconds: 500 },
  });
  await dashboard.press('Use the sample clip');
  await dashboard.press('Pause', '.upload-card');
  await dashboard.see('Paused', '.upload-card');

  await dashboard.press('Go on', '.upload-card');

  await dashboard.see('Processing', '.upload-card');
});

test('freezes and moves the clock', async () => {
  await dashboard.go('/control');
  await dashboard.press('Freeze');
  await dashboard.see('frozen', '.clock-chip');
  const before = (await emulator.admin('/clock')).currentEpochMillis;

  await dashboard.press('+1 min');

  await dashboard.page.waitForFunction(() => !document.querySelector('[aria-disabled="true"]'));
  assert.equal((await emulator.admin('/clock')).currentEpochMillis, before + 60_000);
});

test('resets the emulator after it was asked', async () => {
  await emulator.admin('/videos', { OriginalFileName: 'a.mp4' });
  await dashboard.go('/control');

  await dashboard.press('Reset', '.card');
  await dashboard.press('Reset', 'dialog');

  await dashboard.see('as at its start', '.toasts');
  await dashboard.go('/videos');
  await dashboard.see('No videos yet');
});

test('takes a snapshot and returns to it', async () => {
  await dashboard.go('/control');
  await dashboard.press('Take a snapshot');
  await dashboard.see('before-the-test', '.plain-list');
  await emulator.admin('/videos', { OriginalFileName: 'a.mp4' });

  await dashboard.press('Restore');

  await dashboard.see('Everything is as in', '.toasts');
  assert.deepEqual((await emulator.admin('/videos')).videos, []);
});

test('tries an operation of the reference', async () => {
  await dashboard.go('/api/videos');
  await dashboard.page.waitForSelector('.operation');
  await dashboard.page.$eval('.operation', (operation) => (operation.open = true));

  await dashboard.press('Send', '.operation[open]');

  await dashboard.see('200', '.try-form');
  await dashboard.see('application/json', '.try-form');
});

test('gives the tour by itself, and every step is as expected', async () => {
  const report = await dashboard.page.evaluate(async () => {
    const { tour } = await import('/__dashboard/script/tour/tour.js');
    return tour.runAll();
  });

  assert.deepEqual(
    report.filter(({ isGood }) => !isGood),
    [],
  );
  assert.equal(report.length, 6);
  await dashboard.see('All six steps were as expected', '.tour-bar');
});
