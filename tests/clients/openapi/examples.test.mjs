// Every example of openapi.json is valid, every request of it is accepted, and each response is what it describes.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { examplesOf, operationsOf, resolve, served, url, validatorOf } from './support.mjs';

let document, operations, problemOf, byId;

before(async () => {
  document = await served('/__admin/openapi.json');
  operations = operationsOf(document);
  byId = Object.fromEntries(operations.map((each) => [each.id, each]));
  problemOf = validatorOf(document);
});

function mediaTypesOf({ operation }) {
  const responses = Object.entries(operation.responses);
  const bodies = responses.map(([status, response]) => [status, resolve(document, response)]);
  if (operation.requestBody) bodies.push(['request', operation.requestBody]);
  return bodies.flatMap(([where, body]) =>
    Object.entries(body.content ?? {}).map(([type, content]) => ({ where, type, content })),
  );
}

test('every operation has an id, a summary, a tag and its errors', () => {
  assert.equal(new Set(operations.map(({ id }) => id)).size, operations.length);
  for (const { id, operation } of operations) {
    assert.ok(operation.summary && operation.tags?.length === 1, id);
    for (const status of ['400', '401', '403', '500']) assert.ok(status in operation.responses, id);
  }
});

test('every example is valid', () => {
  let count = 0;
  for (const operation of operations) {
    for (const { where, type, content } of mediaTypesOf(operation)) {
      for (const example of examplesOf(content)) {
        ++count;
        assert.equal(problemOf(content.schema, example), undefined, `${operation.id} ${where} ${type}`);
      }
    }
  }
  assert.ok(count > 40, `${count} examples`);
});

test('every body in JSON has an example', () => {
  for (const operation of operations) {
    for (const { where, type, content } of mediaTypesOf(operation)) {
      if (where !== 'request' || type !== 'application/json') continue;
      assert.ok(examplesOf(content).length > 0, operation.id);
    }
  }
});

async function send(method, path, body) {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
  const type = (response.headers.get('Content-Type') ?? '').split(';')[0];
  if (type === 'text/event-stream') await response.body.cancel(); // It has no end.
  const text = type === 'text/event-stream' ? '' : await response.text();
  return { status: response.status, type, json: type.includes('json') ? JSON.parse(text) : undefined };
}

// Sends a request of an operation and compares the answer with the document.
async function check({ id, method, path, operation }, values, body) {
  const filled = path.replace(/{(\w+)}/g, (_, name) => encodeURIComponent(values[name]));
  const { status, type, json } = await send(method.toUpperCase(), filled, body);
  const response = resolve(document, operation.responses[status]);
  assert.ok(response, `${id}: ${status}`);
  const content = response.content[type];
  assert.ok(content, `${id}: ${status} ${type}`);
  if (json !== undefined) assert.equal(problemOf(content.schema, json), undefined, `${id}: ${status}`);
  return { status, json };
}

// What has to be there before an operation can succeed; returns the values of its path.
async function prepare({ id, path }) {
  if (id === 'waitForRequests') {
    for (let i = 0; i < 2; ++i) await send('PUT', '/devstoreaccount1/none/blob?comp=block&blockid=YQ==');
  }
  const state = { waitForVideo: 'Completed', setVideoProgram: 'Pending' }[id] ?? 'Processing';
  if (path.includes('/videos/{id}')) {
    return { id: (await send('POST', '/__admin/videos', { OriginalFileName: 'a.mp4', state })).json.Id };
  }
  if (path.includes('/faults/{id}')) {
    const fault = { match: { videoId: 'none' }, action: { fixedDelayMilliseconds: 0 } };
    return { id: (await send('POST', '/__admin/faults', fault)).json.id };
  }
  if (path.includes('/requests')) {
    await send('GET', '/api/Video');
    const { requests } = (await send('GET', '/__admin/requests?limit=1')).json;
    return { id: requests[0].id };
  }
  if (path.includes('/snapshots/{name}')) {
    await send('POST', '/__admin/snapshots/a%20b', {});
    return { name: 'a b' };
  }
  return { name: 'seed.json' };
}

const notAsJson = ['importState', 'shutdown'];

test('every request of the examples succeeds, as described', async () => {
  for (const operation of operations.filter(({ id }) => !notAsJson.includes(id))) {
    const content = operation.operation.requestBody?.content['application/json'];
    for (const body of content ? examplesOf(content) : [undefined]) {
      await send('DELETE', '/__admin/faults');
      const { status, json } = await check(operation, await prepare(operation), body);
      assert.ok(status < 300, `${operation.id} ${JSON.stringify(body)}: ${status} ${JSON.stringify(json)}`);
    }
  }
  await send('POST', '/__admin/reset', {});
});

test('what is not there is answered as described', async () => {
  for (const operation of operations.filter(({ operation: { responses } }) => '404' in responses)) {
    const content = operation.operation.requestBody?.content['application/json'];
    const values = { id: operation.path.includes('/videos/') ? '00000000-0000-0000-0000-000000000000' : 999999, name: 'none' };
    const { status } = await check(operation, values, content && examplesOf(content)[0]);
    assert.equal(status, 404, operation.id);
  }
});

test('a wait that ends without success is answered as described', async () => {
  const pattern = { operation: 'GetKey' };
  const requests = await check(byId.waitForRequests, {}, { pattern, timeoutMillis: 0 });
  const values = await prepare(byId.getVideo);
  const video = await check(byId.waitForVideo, values, { state: 'Failed', timeoutMillis: 0 });
  assert.deepEqual([requests.status, video.status], [408, 408]);
});

test('what the document does not allow is rejected as described', async () => {
  for (const operation of operations.filter(({ operation: { requestBody } }) => requestBody?.content['application/json'])) {
    const values = await prepare(operation);
    const { status } = await check(operation, values, { noSuchMember: 1 });
    assert.equal(status, 400, operation.id);
  }
});

test('an archive comes back as it went', async () => {
  const archive = await (await fetch(`${url}/__admin/state`)).arrayBuffer();
  const headers = { 'Content-Type': 'application/x-tar' };
  const response = await fetch(`${url}/__admin/state`, { method: 'PUT', headers, body: archive });
  assert.equal(problemOf(byId.importState.operation.responses['200'].content['application/json'].schema, await response.json()), undefined);
});
