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
];

// Opens `url`. {ended, close()}; `ended` rejects with what the browser said if it ends before close().
export async function openBrowser(program, url) {
  const profile = await mkdtemp(join(tmpdir(), 'msc-chromium-'));
  const child = spawn(program, [...flags, `--user-data-dir=${profile}`, url], {
    detached: true, // A process group, as a browser is several processes.
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: profile, TMPDIR: profile },
  });
  let said = '';
  child.stderr.on('data', (text) => (said += text));

  const ended = new Promise((_, reject) => {
    child.on('error', reject);
    child.on('exit', (status) => reject(new Error(`the browser ended with ${status}:\n${said}`)));
  });
  ended.catch(() => {});

  return {
    ended,
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
