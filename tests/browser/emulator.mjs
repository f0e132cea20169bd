// An emulator as a child process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

// Starts the program with `flags`: {url, port, kill(), stop(), admin(path, json, method)}.
export async function startEmulator(...flags) {
  const child = spawn(
    process.env.MSC_EMULATOR,
    ['--port', '0', '--log-level', 'warning', '--exit-with-parent', ...flags],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => text),
    ended.then(([status]) => Promise.reject(new Error(`the emulator ended with ${status}`))),
  ]);
  const { url, port } = JSON.parse(line);

  // The control API; `json`: the body, and then the method is POST unless given.
  async function admin(path, json, method = json === undefined ? 'GET' : 'POST', headers = {}) {
    const answer = await fetch(`${url}/__admin${path}`, {
      method,
      headers: {
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  return {
    url,
    port,
    admin,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
