// Gives the tour of the dashboard in a Chromium without a window, and prints its report. Needs no packages.
//
//   node tour.mjs CHROMIUM URL
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PATIENCE_MILLIS = 60_000;
const [chromium, url] = process.argv.slice(2);

const FLAGS = [
  '--headless',
  '--no-sandbox', // There is none for root, nor in containers.
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--no-proxy-server',
  '--ignore-certificate-errors', // Of --tls-self-signed.
  '--autoplay-policy=no-user-gesture-required',
  '--remote-debugging-pipe',
];

// The browser's DevTools protocol over its descriptors 3 and 4: messages of JSON, each ended by a zero byte.
function devTools(child) {
  const waiting = new Map();
  let lastId = 0;
  let received = '';
  child.stdio[4].setEncoding('utf8').on('data', (text) => {
    const messages = (received + text).split('\0');
    received = messages.pop();
    for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
      const { resolve, reject } = waiting.get(id) ?? {};
      waiting.delete(id);
      if (error) reject?.(new Error(error.message));
      else resolve?.(result);
    }
  });
  return (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      child.stdio[3].write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
    });
}

// Runs in the page.
async function giveTour() {
  const { tour } = await import('/__dashboard/script/tour/tour.js');
  return tour.runAll();
}

async function reportOf(send) {
  const { targetId } = await send('Target.createTarget', { url });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const evaluate = async (expression) => {
    const parameters = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await send('Runtime.evaluate', parameters, sessionId);
    if (exceptionDetails)
      throw new Error(exceptionDetails.exception?.description ?? 'the page failed');
    return result.value;
  };
  const deadline = performance.now() + PATIENCE_MILLIS;
  // Fails for as long as the page is being loaded.
  while ((await evaluate('document.body.dataset.connection').catch(() => null)) !== 'open') {
    if (performance.now() > deadline) throw new Error('the page does not connect to the emulator');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return evaluate(`(${giveTour})()`);
}

function print(report) {
  const width = Math.max(...report.map(({ title }) => title.length));
  report.forEach(({ title, isGood, seen, took }, index) => {
    console.log(
      `${index + 1}. ${title.padEnd(width)}  ${isGood ? 'ok    ' : 'FAILED'}  ${took.padStart(6)}  ${seen}`,
    );
  });
  const good = report.filter(({ isGood }) => isGood).length;
  console.log(
    good === report.length
      ? `All ${good} steps were as expected.`
      : `${good} of ${report.length} steps were as expected.`,
  );
  return good === report.length;
}

const profile = await mkdtemp(join(tmpdir(), 'msc-tour-'));
const child = spawn(chromium, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
  stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  env: { ...process.env, HOME: profile },
});
const ended = new Promise((resolve) => child.on('exit', resolve));
try {
  const gone = ended.then((status) =>
    Promise.reject(new Error(`the browser ended with ${status}`)),
  );
  const report = await Promise.race([reportOf(devTools(child)), gone]);
  process.exitCode = print(report) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  child.kill('SIGTERM');
  await ended;
  await rm(profile, { recursive: true, force: true, maxRetries: 20 });
}
