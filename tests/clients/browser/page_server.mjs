// The origin that a page comes from: gives it tasks, takes its reports.
import { readFileSync } from 'node:fs';
import http from 'node:http';

const file = (name) => readFileSync(new URL(name, import.meta.url));

// What the page may ask for, with its type. `clip` is what it uploads.
const pages = (clip) => ({
  '/': ['text/html', file('page.html')],
  '/page.js': ['text/javascript', file('page.js')],
  '/intruder.js': ['text/javascript', file('intruder.js')],
  '/clip': ['application/octet-stream', clip],
});

async function readBody(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

export const servePage = (clip) => serve(pages(clip));

// `served`: [type, body] by path. {url, run(task), close()}; run resolves to the page's report, one task at a time.
export async function serve(served) {
  let giveTask;
  let takeReport;
  let nextTask = new Promise((resolve) => (giveTask = resolve));

  const server = http.createServer(async (request, response) => {
    const path = request.url.split('?')[0];
    if (path === '/task') {
      response.end(JSON.stringify(await nextTask));
    } else if (path === '/report') {
      const report = JSON.parse(await readBody(request));
      nextTask = new Promise((resolve) => (giveTask = resolve));
      response.end();
      takeReport(report);
    } else if (served[path]) {
      response.writeHead(200, { 'Content-Type': served[path][0] });
      response.end(served[path][1]);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    run: (task) =>
      new Promise((resolve) => {
        takeReport = resolve;
        giveTask(task);
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
