// Redocly's linter, which @redocly/cli runs too, on the documents that the emulator serves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConfig, lintFromString } from '@redocly/openapi-core';

import { served, url } from './support.mjs';

async function problemsOf(path, { rules = {}, change = (document) => document } = {}) {
  const config = await createConfig({ extends: ['recommended'], rules });
  const source = JSON.stringify(change(await served(path)));
  const problems = await lintFromString({ source, absoluteRef: url + path, config });
  return problems.map((each) => `${each.severity}: ${each.message} at ${each.location[0]?.pointer}`);
}

test('openapi.json has no error and no warning', async () => {
  // Not an operation of a client: the emulator runs on this machine.
  assert.deepEqual(await problemsOf('/__admin/openapi.json', { rules: { 'no-server-example.com': 'off' } }), []);
});

test('the Swagger document of the Videos API has no error', async () => {
  // API Apps' documents have no licence, and name few errors.
  const rules = { 'info-license': 'off', 'operation-4xx-response': 'off' };
  assert.deepEqual(await problemsOf('/swagger/docs/v1', { rules }), []);
});

test('the linter finds what is wrong', async () => {
  const change = (document) => ({ ...document, components: {} });
  assert.match((await problemsOf('/__admin/openapi.json', { change }))[0], /error: Can't resolve \$ref/);
});
