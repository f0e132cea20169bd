// The page itself: safe, fast with many rows, usable by everyone, and honest about its connection.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { Dashboard, isFirefox, openBrowser } from './browser.mjs';
import { startEmulator } from './emulator.mjs';

const HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>.mp4';
const VIEWS = ['/videos', '/upload', '/traffic', '/control', '/api/videos', '/api/control'];

// A seed file of so many videos.
function seedOf(number) {
  const videos = Array.from({ length: number }, (_, index) => ({
    OriginalFileName: `clip-${index}.mp4`,
  }));
  writeFileSync('seed.json', JSON.stringify({ videos }));
  return 'seed.json';
}

const onceIsEnough = { skip: isFirefox && 'once is enough' };

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

// Runs `body` with an emulator and a page; closes both.
async function withDashboard(flags, body, size) {
  const emulator = await startEmulator(...flags);
  try {
    const dashboard = await Dashboard.open(browser, emulator.url, size);
    await body(dashboard, emulator);
    await dashboard.close();
  } finally {
    await emulator.stop();
  }
}

test('shows a file name with markup as text', () =>
  withDashboard([], async (dashboard, { admin }) => {
    const id = (await admin('/videos', { OriginalFileName: HOSTILE, state: 'Completed' })).Id;
    await dashboard.connected();
    await dashboard.see(HOSTILE, '.video-name');
    await dashboard.go(`/videos/${id}`);
    await dashboard.see(HOSTILE, 'h1');

    assert.equal(await dashboard.page.evaluate(() => window.hacked), undefined);
    assert.equal(await dashboard.count('main img[src="x"]'), 0);
  }));

test('learns of a video that a test has made, of which no event tells', () =>
  withDashboard([], async (dashboard, { admin }) => {
    await dashboard.connected();
    await dashboard.see('No videos yet');

    await admin('/videos', { OriginalFileName: 'later.mp4' });

    await dashboard.see('later.mp4', '.video-name');
  }));

test('asks for the administration token once, and keeps it in memory', () =>
  withDashboard(['--admin-token', 'open-sesame'], async (dashboard, { admin }) => {
    await admin('/videos', { OriginalFileName: 'a.mp4' }, 'POST', {
      Authorization: 'Bearer open-sesame',
    });
    await dashboard.see('Administration token', 'dialog');
    await dashboard.page.type('dialog input', 'open-sesame');
    await dashboard.press('Use this token', 'dialog');

    await dashboard.connected();
    await dashboard.see('a.mp4');
    await dashboard.go('/control');
    await dashboard.see('Completed 10 s after MarkComplete');
    assert.equal(await dashboard.count('dialog'), 0);
    const kept = await dashboard.page.evaluate(
      () => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie,
    );
    assert.doesNotMatch(kept, /sesame/);
  }));

test('lists a thousand videos with few rows in the document', () =>
  withDashboard(['--seed', seedOf(1000)], async (dashboard) => {
    await dashboard.connected();
    await dashboard.see('1,000 videos');
    assert.ok((await dashboard.count('.virtual-row')) < 60);

    await dashboard.page.focus('.row-button[tabindex="0"]');
    await dashboard.page.keyboard.press('End');
    await dashboard.see('clip-0.mp4', '.video-name');
    assert.match(
      await dashboard.page.evaluate(() => document.activeElement.textContent),
      /^clip-0\.mp4/,
    );
    assert.ok((await dashboard.count('.virtual-row')) < 60);

    await dashboard.page.type('.search', 'clip-77');
    await dashboard.see('11 of 1,000 videos');
  }));

test('shows ten thousand requests with few rows in the document', onceIsEnough, () =>
  withDashboard([], async (dashboard) => {
    await dashboard.connected();
    await dashboard.go('/traffic');
    await dashboard.page.evaluate(async () => {
      const { journal } = await import('/__dashboard/script/live/journal.js');
      const row = {
        at: 0,
        operation: 'GetStatus',
        videoId: null,
        method: 'GET',
        url: '/',
        status: 200,
        sent: 0,
        size: 0,
        faultId: null,
      };
      journal.rows = Array.from({ length: 10_000 }, (_, index) => ({ ...row, id: 10_000 - index }));
      journal.changed();
    });

    await dashboard.see('10,000 rows');
    assert.ok((await dashboard.count('.virtual-row')) < 80);
    await dashboard.page.$eval('main', (main) => main.scrollTo(0, main.scrollHeight));
    await dashboard.page.waitForSelector('[aria-posinset="10000"]');
    assert.ok((await dashboard.count('.virtual-row')) < 80);
  }),
);

test('says that the connection is lost, and recovers', async () => {
  const first = await startEmulator();
  const dashboard = await (await Dashboard.open(browser, first.url)).connected();
  await first.stop();
  await dashboard.see('The emulator does not answer', '.banner');

  const second = await startEmulator('--port', String(first.port), '--seed', 'demo');
  try {
    await dashboard.connected();
    await dashboard.see('protected', '.video-name');
    assert.equal(await dashboard.page.$eval('.banner', (banner) => banner.hidden), true);
    await dashboard.close();
  } finally {
    await second.stop();
  }
});

test('can be used with the keyboard alone', () =>
  withDashboard(['--seed', 'demo'], async (dashboard) => {
    await dashboard.connected();
    await dashboard.page.waitForSelector('.video-list .row-button');
    await dashboard.page.keyboard.press('Tab');
    assert.equal(
      await dashboard.page.evaluate(() => document.activeElement.className),
      'skip-link',
    );

    await dashboard.page.focus('.video-list .row-button[tabindex="0"]');
    await dashboard.page.keyboard.press('ArrowDown');
    await dashboard.page.keyboard.press('Enter');

    await dashboard.page.waitForSelector('.player');
    assert.equal(await dashboard.page.evaluate(() => document.activeElement.tagName), 'H1');
  }));

test('remembers the theme that was chosen', onceIsEnough, () =>
  withDashboard([], async (dashboard) => {
    await dashboard.connected();
    await dashboard.press('Theme: system');
    await dashboard.press('Theme: light');
    await dashboard.page.reload();
    await dashboard.connected();

    assert.equal(
      await dashboard.page.evaluate(() => document.documentElement.dataset.theme),
      'dark',
    );
    await dashboard.press('Theme: dark');
    assert.equal(await dashboard.page.evaluate(() => localStorage.length), 0);
  }),
);

for (const width of [360, 1280]) {
  test(`fits into ${width} pixels without scrolling sideways`, onceIsEnough, () =>
    withDashboard(
      ['--seed', 'demo'],
      async (dashboard, { admin }) => {
        await dashboard.connected();
        const { videos } = await admin('/videos');
        for (const view of [...VIEWS, `/videos/${videos[0].Id}`]) {
          await dashboard.go(view);
          const wider = await dashboard.page.evaluate(() => {
            const main = document.querySelector('main');
            return (
              document.documentElement.scrollWidth > innerWidth ||
              document.documentElement.scrollHeight > innerHeight ||
              main.scrollWidth > main.clientWidth
            );
          });
          assert.equal(wider, false, view);
        }
      },
      { width, height: 800 },
    ),
  );
}

const AXE_RUNS = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
];
for (const [theme, width] of AXE_RUNS) {
  const body = async (dashboard, { admin, url }) => {
    await dashboard.page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: theme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await dashboard.connected();
    await fetch(`${url}/api/Video/typo`);
    await admin('/faults', { match: { operation: 'PutBlock' }, action: { status: 503 } });
    const { videos } = await admin('/videos');
    await dashboard.page.evaluate(axe.source);
    for (const view of [...VIEWS, '/traffic/1', `/videos/${videos.at(-1).Id}`]) {
      await dashboard.go(view);
      await dashboard.page.waitForNetworkIdle({ idleTime: 250, concurrency: 1 });
      const found = await dashboard.page.evaluate(async () => {
        const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        );
      });
      assert.deepEqual(found, [], view);
    }
  };
  test(`has no barrier that axe finds, ${theme}, ${width} pixels wide`, onceIsEnough, () =>
    withDashboard(['--seed', 'demo'], body, { width, height: 900 }),
  );
}
