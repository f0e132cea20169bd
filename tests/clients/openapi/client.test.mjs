// A client whose types openapi-typescript generates from openapi.json: it compiles, and it works.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import openapiTypeScript, { astToString } from 'openapi-typescript';

import { url } from './support.mjs';

const tsc = (...flags) => promisify(execFile)('node_modules/.bin/tsc', flags).catch((error) => error);

test('the generated client compiles and works', async () => {
  writeFileSync('api.d.ts', astToString(await openapiTypeScript(new URL(`${url}/__admin/openapi.json`))));
  const { stdout } = await tsc('--project', '.');
  assert.equal(stdout, '');
  const { tour } = await import('./compiled/client.js');
  await tour(url);
});

test('a body that the document does not describe does not compile', async () => {
  writeFileSync('wrong.ts', "import { clientOf } from './client.js';\n" +
    "await clientOf('').PUT('/__admin/clock', { body: { action: 'stop' } });\n");
  const flags = ['--noEmit', '--skipLibCheck', '--strict', '--target', 'es2022', '--module', 'nodenext'];
  const { stdout } = await tsc(...flags, 'wrong.ts');
  assert.match(stdout, /wrong\.ts.*error.*"stop"/);
});
