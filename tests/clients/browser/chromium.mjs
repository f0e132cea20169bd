import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Nothing but the page: no sandbox (there is none for root, nor in containers), no traffic of its own.
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-pipe',
];

// The DevTools protocol: call(method, parameters, session) resolves to the result.
function devTools([requests, responses]) {
  const waiting = new Map();
  let received = '';
  let lastId = 0;
  responses.setEncoding('utf8').on('data', (text) => {
    const messages = (received + text).split('\0');
    received = messages.pop();
    for (const { id, result, error } of messages.map(JSON.parse)) {
      waiting.get(id)?.(error ? Promise.reject(new Error(error.message)) : result);
      waiting.delete(id);
    }
  });
  return (method, params = {}, sessionId = undefined) =>
    new Promise((resolve) => {
      waiting.set(++lastId, resolve);
      requests.write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
    });
}

// Opens `url`. {ended, screenshot(), close()}; `ended` rejects with what the browser said if it ends before close();
// screenshot resolves to the page as a PNG.
export async function openBrowser(program, url) {
  const profile = await mkdtemp(join(tmpdir(), 'msc-chromium-'));
  const child = spawn(program, [...flags, `--user-data-dir=${profile}`, url], {
    detached: true, // A process group, as a browser is several processes.
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], // The last two are those of --remote-debugging-pipe.
    env: { ...process.env, HOME: profile, TMPDIR: profile },
  });
  let said = '';
  child.stderr.on('data', (text) => (said += text));

  const ended = new Promise((_, reject) => {
    child.on('error', reject);
    child.on('exit', (status) => reject(new Error(`the browser ended with ${status}:\n${said}`)));
  });
  ended.catch(() => {});

  const call = devTools(child.stdio.slice(3));

  return {
    ended,
    async screenshot() {
      const { targetInfos } = await call('Target.getTargets');
      const { targetId } = targetInfos.find(({ type }) => type === 'page');
      const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
      const { data } = await call('Page.captureScreenshot', { format: 'png' }, sessionId);
      return Buffer.from(data, 'base64');
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null && child.pid) {
        const closed = once(child, 'close'); // When the last of its processes has let go of stderr.
        process.kill(child.pid, 'SIGTERM');
        const impatience = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), 10_000);
        await closed;
        clearTimeout(impatience);
      }
      await rm(profile, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}
