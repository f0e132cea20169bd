// Every method of fixtures/examples/node once; the cases are those of test_python_library.py.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { EmulatorError, startEmulator, WaitTimeout } from 'msc-emulator';

const noon = '2024-06-30T12:00:00.000Z';

// A test with an emulator that is stopped at its end.
function emulatorTest(name, flags, run) {
  test(name, async (t) => {
    const emulator = await startEmulator({ flags });
    t.after(() => emulator.stop());
    await run(emulator);
  });
}

// What `run` throws with this environment.
async function errorWith(environment, run) {
  const before = { ...process.env };
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  try {
    return await run().then(() => undefined, (error) => error);
  } finally {
    process.env = before;
  }
}

emulatorTest('the clock', [], async ({ clock, videos }) => {
  assert.equal((await clock.get()).currentInstant, noon);
  assert.equal((await clock.advance({ minutes: 1 })).currentInstant, '2024-06-30T12:01:00.000Z');
  const advanced = await clock.advance({ hours: 1, seconds: 1, milliseconds: 1 });
  assert.equal(advanced.currentInstant, '2024-06-30T13:01:01.001Z');
  const video = await videos.add({ OriginalFileName: 'a.mp4', state: 'Processing' });
  assert.equal((await clock.advanceToNext()).fired[0].videoId, video.Id);
  assert.equal((await clock.scale(60)).mode, 'scaled');
  const frozen = await clock.freeze('2030-01-01T00:00:00Z');
  assert.equal(frozen.currentInstant, '2030-01-01T00:00:00.000Z');
  assert.equal((await clock.freeze()).mode, 'frozen');
  assert.equal((await clock.reset()).currentInstant, noon);
});

emulatorTest('faults', [], async ({ url, faults }) => {
  const fault = await faults.add({ match: { operation: 'GetFormats' }, action: { status: 503 } });
  assert.equal((await fetch(`${url}/api/Formats`)).status, 503);
  assert.equal((await faults.get(fault.id)).fired, 1);
  assert.equal((await faults.list()).length, 1);
  await faults.remove(fault.id);
  await faults.add({ action: { fixedDelayMilliseconds: 1 } });
  await faults.clear();
  assert.deepEqual(await faults.list(), []);
});

emulatorTest('requests', [], async ({ url, requests }) => {
  await fetch(`${url}/api/Formats`);
  await fetch(`${url}/api/Format`);
  assert.equal(await requests.wait({ operation: 'GetFormats' }), 1);
  assert.equal(await requests.count({}), 2);
  const [first] = await requests.find({ operation: 'GetFormats' });
  assert.match((await requests.get(first.id)).response.body, /"Extension"/);
  assert.equal((await requests.unmatched())[0].nearest.path, '/api/Formats');
  assert.match((await requests.explain(2)).because[0], /no route/);
  assert.deepEqual((await requests.list({ since: 0, limit: 1 })).map(({ id }) => id), [1]);
  assert.deepEqual((await requests.list({ unmatched: true })).map(({ id }) => id), [2]);
  await requests.clear();
  assert.deepEqual(await requests.list(), []);
});

emulatorTest('a wait that ends without success shows what there is', [], async (emulator) => {
  await fetch(`${emulator.url}/api/Formats`);
  const wait = emulator.requests.wait({ operation: 'GetVideo' }, { count: 2, timeoutMillis: 0 });
  const error = await wait.catch((each) => each);
  assert.ok(error instanceof WaitTimeout);
  assert.match(error.message, /GetFormats/);
  assert.equal(error.answer.count, 0);
  const { Id } = await emulator.videos.add({ OriginalFileName: 'a.mp4' });
  await assert.rejects(emulator.videos.wait(Id, 'Completed', { timeoutMillis: 0 }), /Pending/);
});

emulatorTest('videos', [], async ({ url, videos }) => {
  const { Id } = await videos.add({ OriginalFileName: 'a.mp4', state: 'Processing' });
  assert.equal((await videos.get(Id)).state, 'Processing');
  assert.equal((await videos.wait(Id, 'Processing')).Id, Id);
  const failed = await videos.setState(Id, 'Failed', { code: 5, reason: 'too long' });
  assert.deepEqual(failed.failure, { code: 5, reason: 'too long' });
  await videos.setState(Id, 'Processing');
  await videos.setProgram(Id, { state: 'Processing', polls: 1 }, { state: 'Completed' });
  await fetch(`${url}/api/Videos/${Id}/Status`);
  assert.equal((await (await fetch(`${url}/api/Videos/${Id}/Status`)).json()).Status, 'Completed');
  const other = await videos.add({ OriginalFileName: 'b.mp4' });
  assert.deepEqual((await videos.list({ limit: 1 })).map((each) => each.Id), [Id]);
  assert.deepEqual((await videos.list({ after: Id })).map((each) => each.Id), [other.Id]);
  await videos.delete(Id);
  await assert.rejects(videos.get(Id), new RegExp(`no video ${Id}.*hint`));
});

emulatorTest('the program of later videos', [], async ({ transitions }) => {
  assert.equal((await transitions.set({ progression: 'polls', times: 3 })).times, 3);
  assert.equal((await transitions.get()).progression, 'polls');
  assert.equal((await transitions.reset()).progression, 'time');
});

emulatorTest('snapshots and reset', [], async (emulator) => {
  const { snapshots, videos } = emulator;
  await videos.add({ OriginalFileName: 'a.mp4' });
  await snapshots.take('one video');
  await emulator.reset({ keep: ['clock'] });
  assert.deepEqual(await videos.list(), []);
  await snapshots.restore('one video');
  assert.equal((await videos.list()).length, 1);
  assert.deepEqual(await snapshots.list(), ['one video']);
  await snapshots.delete('one video');
  assert.deepEqual(await snapshots.list(), []);
});

emulatorTest('what the emulator says of itself', [], async (emulator) => {
  assert.deepEqual(await emulator.diagnostics(), []);
  assert.ok((await emulator.config()).strict);
  assert.equal(emulator.blobUrl, `${emulator.url}/devstoreaccount1`);
  assert.equal(emulator.adminUrl, `${emulator.url}/__admin`);
});

const loose = ['--loose', '--clock', 'frozen=2030-01-01T00:00:00Z'];
emulatorTest('flags count more than the defaults', loose, async ({ clock, config }) => {
  assert.equal((await config()).strict, false);
  assert.equal((await clock.get()).currentInstant, '2030-01-01T00:00:00.000Z');
});

test('it stops once and then no longer answers', async () => {
  const emulator = await startEmulator();
  await emulator.stop();
  await emulator.stop();
  await assert.rejects(emulator.videos.list(), /no emulator answers at/);
});

test('a bad flag is an error with what the program says', async () => {
  await assert.rejects(startEmulator({ flags: ['--clock', 'never'] }), /ended with 2[^]*--clock/);
});

test('a program that is not there is an error that says what to do', async () => {
  const wrong = await errorWith({ MSC_EMULATOR: '/nowhere/msc-emulator' }, startEmulator);
  assert.ok(wrong instanceof EmulatorError);
  assert.match(wrong.message, /MSC_EMULATOR is '\/nowhere\/msc-emulator'.* PATH/);
  const missing = await errorWith({ MSC_EMULATOR: undefined, PATH: '/nowhere' }, startEmulator);
  assert.match(missing.message, /no msc-emulator in PATH.* MSC_EMULATOR/);
});

test('the program is found in PATH', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'msc-'));
  symlinkSync(process.env.MSC_EMULATOR, join(folder, 'msc-emulator'));
  const run = async () => (await startEmulator()).stop();
  assert.equal(await errorWith({ MSC_EMULATOR: undefined, PATH: folder }, run), undefined);
});

// Runs `code` in a process of its own; the URL that it prints.
async function urlFrom(code) {
  const script = `import { startEmulator } from 'msc-emulator'; ${code}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname ?? process.cwd(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [text] = await once(child.stdout, 'data');
  return { child, url: new URL(String(text).trim()) };
}

test('it ends with a process that is killed', async () => {
  const code = 'console.log((await startEmulator()).url); setInterval(() => {}, 1e6);';
  const { child, url } = await urlFrom(code);
  const connection = connect(Number(url.port), url.hostname);
  await once(connection, 'connect');
  child.kill('SIGKILL');
  // It may end by a reset, which is an error.
  await new Promise((ended) => connection.resume().on('error', () => {}).on('close', ended));
});

test('a process that forgets to stop it ends nevertheless', async () => {
  const { child } = await urlFrom('console.log((await startEmulator()).url);');
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
});
