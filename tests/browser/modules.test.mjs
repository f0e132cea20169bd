// Modules of the page by themselves, in the browser that runs them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Dashboard, openBrowser } from './browser.mjs';
import { startEmulator } from './emulator.mjs';

let browser;
let emulator;
let dashboard;
before(async () => {
  browser = await openBrowser();
  emulator = await startEmulator();
  dashboard = await Dashboard.open(browser, emulator.url);
});
after(async () => {
  await dashboard?.close();
  await browser?.close();
  await emulator?.stop();
});

// Calls `body(module, ...values)` in the page; values and result are JSON.
function withModule(path, body, ...values) {
  const call = `import('/__dashboard/script/${path}').then((module) => (${body})(module, ...${JSON.stringify(values)}))`;
  return dashboard.page.evaluate(call);
}

async function countOf(operation) {
  return (await emulator.admin('/requests/count', { operation })).count;
}

// The key 00…1f, the IV 0102030405060708 and this text are the vector of the service's documents.
const VECTOR =
  '310a1ef156813c02e4d9b282eea8439482ce3b9c3b5217704ea5b9f43fa32fc6e27a0edcec6d8c4be8a7b373';

test('encrypts uploads as the service decrypts them, whole or in blocks', async () => {
  const encrypt = async ({ ctrCipher }, from) => {
    const key = btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, index) => index)));
    const iv = btoa('\x01\x02\x03\x04\x05\x06\x07\x08' + '\0'.repeat(8));
    const text = new TextEncoder().encode('The quick brown fox jumps over the lazy dog.');
    const cipher = await ctrCipher(key, iv);
    const bytes = new Uint8Array(await cipher(text.slice(from).buffer, from));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };

  assert.equal(await withModule('upload/ctr_cipher.js', encrypt, 0), VECTOR);
  assert.equal(await withModule('upload/ctr_cipher.js', encrypt, 16), VECTOR.slice(32));
});

test('cuts an upload into blocks that can be encrypted one by one', async () => {
  const sizes = await withModule('upload/upload.js', ({ blockSizeFor }) =>
    [1, 141_000, 10_000_000, 10_000_000_000].map(blockSizeFor),
  );

  assert.deepEqual(
    sizes.map((size) => size % 16),
    [0, 0, 0, 0],
  );
  assert.deepEqual([sizes[0], sizes[3]], [16 * 1024, 4 * 1024 * 1024]);
});

test('goes on with a paused upload once, though a block was waiting for its next try', async () => {
  const match = { operation: 'PutBlock' };
  await emulator.admin('/faults', { match, times: 1, action: { status: 503 } });
  const state = await withModule('upload/upload.js', async ({ Upload }) => {
    const options = { name: 'paused.mp4', isProtected: false, isEncrypted: false };
    const upload = new Upload(new Blob([new Uint8Array(100_000)]), options);
    upload.run();
    await new Promise((resolve) => upload.watch(() => upload.retries === 1 && resolve()));
    upload.pause();
    await upload.run();
    return upload.state;
  });

  assert.equal(state, 'done');
  assert.equal(await countOf('CreateVideo'), 1);
  assert.equal(await countOf('PutBlockList'), 1);
  assert.equal(await countOf('MarkComplete'), 1);
});

test('pauses behind the creation, so that going on makes no second video', async () => {
  const before = await countOf('CreateVideo');
  const state = await withModule('upload/upload.js', async ({ Upload }) => {
    const options = { name: 'paused.mp4', isProtected: false, isEncrypted: false };
    const upload = new Upload(new Blob([new Uint8Array(100)]), options);
    const first = upload.run();
    await Promise.resolve();
    upload.pause();
    await first;
    const paused = upload.state;
    await upload.run();
    return [paused, upload.steps.create.state, upload.state];
  });

  assert.deepEqual(state, ['paused', 'done', 'done']);
  assert.equal(await countOf('CreateVideo'), before + 1);
});

test('quotes a command of curl for the shell', async () => {
  const command = await withModule('api/curl.js', ({ curlOf }) =>
    curlOf({ method: 'PUT', url: "http://a/'b'", headers: { A: ['1', '2'] }, body: "it's" }),
  );

  assert.equal(
    command,
    "curl -i -X PUT 'http://a/'\\''b'\\''' \\\n  -H 'A: 1' \\\n  -H 'A: 2' \\\n  -d 'it'\\''s'",
  );
});

test('reads events that arrive in pieces', async () => {
  const parsed = await withModule('live/event_stream.js', ({ parseEvents }) =>
    parseEvents('retry: 1000\n\n: \n\nid: 7\nevent: clock\ndata: {"a":1}\n\nid: 8\nevent: re'),
  );

  assert.deepEqual(parsed, {
    events: [{ id: '7', kind: 'clock', data: '{"a":1}' }],
    rest: 'id: 8\nevent: re',
  });
});

test('reads the claims of a token, and forges its signature alone', async () => {
  const token = 'urn%3aa%3akeyid=1+2&http%3a%2f%2fx%2fExpiresOn=5&HMACSHA256=Abc%3d';
  const [claims, expiry, forged] = await withModule(
    'player/token.js',
    (module, text) => [module.claimsOf(text), module.expiryOf(text), module.forged(text)],
    token,
  );

  assert.deepEqual(claims[0], { name: 'keyid', fullName: 'urn:a:keyid', value: '1 2' });
  assert.equal(expiry, 5000);
  assert.equal(forged, token.replace('=Abc', '=Bbc'));
});

test('reads a DASH manifest with envelope encryption', async () => {
  const manifest = `<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" xmlns:sea="urn:mpeg:dash:schema:sea:2012"
      mediaPresentationDuration="PT1M10.5S"><Period>
    <AdaptationSet contentType="video" mimeType="video/mp4" codecs="avc1.64000d"><ContentProtection>
      <sea:CryptoPeriod IV="0xFF000000000000000000000000000001" keyUriTemplate="http://k/?kid=1"/></ContentProtection>
      <SegmentTemplate timescale="10" media="Q($Bandwidth$)/F(video=$Time$)" initialization="Q($Bandwidth$)/F(video=i)">
        <SegmentTimeline><S d="20" r="1"/><S d="5"/></SegmentTimeline></SegmentTemplate>
      <Representation id="a" bandwidth="100"/><Representation id="b" bandwidth="300"/></AdaptationSet></Period></MPD>`;
  const { duration, track } = await withModule(
    'player/manifest.js',
    ({ parseManifest }, text) => {
      const parsed = parseManifest(text, 'http://h/x.ism/Manifest(format=mpd-time-csf)');
      const [first] = parsed.tracks;
      const urls = first.segments.map(first.urlOf);
      return { duration: parsed.duration, track: { ...first, urls, iv: [...first.protection.iv] } };
    },
    manifest,
  );

  assert.equal(duration, 70.5);
  assert.equal(track.type, 'video/mp4; codecs="avc1.64000d"');
  assert.equal(track.initUrl, 'http://h/x.ism/Q(300)/F(video=i)');
  assert.equal(track.urls[2], 'http://h/x.ism/Q(300)/F(video=40)');
  assert.deepEqual(track.segments[2], { time: 40, start: 4, end: 4.5 });
  assert.equal(track.iv[0], 255);
  assert.equal(track.iv[15], 1);
});

test('says that a manifest lacks the IV of its encryption', async () => {
  const manifest = `<MPD><Period><AdaptationSet mimeType="video/mp4"><ContentProtection><CryptoPeriod/></ContentProtection>
    <SegmentTemplate media="m" initialization="i"/><Representation/></AdaptationSet></Period></MPD>`;
  const error = await withModule(
    'player/manifest.js',
    ({ parseManifest }, text) => {
      try {
        return parseManifest(text, 'http://h/');
      } catch ({ message }) {
        return message;
      }
    },
    manifest,
  );

  assert.equal(error, 'The CryptoPeriod of the manifest has no IV');
});

test('reads an address with a percent sign that encodes nothing', async () => {
  const parts = await withModule('base/router.js', ({ currentRoute }) => {
    location.hash = '#/videos/100%/a%20b';
    const route = currentRoute();
    location.hash = '#/videos';
    return route.parts;
  });

  assert.deepEqual(parts, ['videos', '100%', 'a b']);
});

test('saves requests as HAR after a warning, and says which could not be read', async () => {
  await fetch(`${emulator.url}/api/Video/typo`);
  const { requests } = await emulator.admin('/requests');
  await dashboard.page.evaluate((id) => {
    import('/__dashboard/script/traffic/har_saving.js').then(({ saveHar }) => saveHar([id, 9999]));
  }, requests[0].id);
  await dashboard.see('tokens, keys and signed URLs', 'dialog');
  await dashboard.press('Save', '.dialog-buttons');

  await dashboard.see('1 request saved as HAR. 1 request could not be read.', '.toasts');
});

test('writes HAR with headers, bodies and whole addresses', async () => {
  const request = {
    method: 'POST',
    url: '/api/Videos?a=1',
    headers: { Host: 'h:1', 'Content-Type': 'application/json' },
    body: '{}',
    bodySize: 2,
    loggedDateString: '2026-01-02T03:04:05.000Z',
  };
  const response = {
    status: 200,
    headers: { 'Set-Cookie': ['a', 'b'] },
    bodyAsBase64: 'AA==',
    bodySize: 1,
  };
  const { log } = await withModule('traffic/har.js', ({ harOf }, record) => harOf([record], '1'), {
    id: 1,
    operation: 'CreateVideo',
    videoId: null,
    faultId: null,
    request,
    response,
  });

  const [entry] = log.entries;
  assert.equal(entry.request.url, 'http://h:1/api/Videos?a=1');
  assert.deepEqual(entry.request.queryString, [{ name: 'a', value: '1' }]);
  assert.deepEqual(entry.request.postData, { mimeType: 'application/json', text: '{}' });
  assert.deepEqual(
    entry.response.headers.map(({ value }) => value),
    ['a', 'b'],
  );
  assert.equal(entry.response.content.encoding, 'base64');
});

test('draws instants in their order, long gaps shorter than they were', async () => {
  const places = await withModule('videos/timeline.js', ({ scaleOf }) => {
    const instants = [0, 100, 3_600_000];
    return instants.map(scaleOf(instants, 1000));
  });

  assert.ok(places[0] < places[1] && places[1] < places[2]);
  assert.ok((places[2] - places[1]) / (places[1] - places[0]) < 10);
});
