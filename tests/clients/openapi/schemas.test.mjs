// The JSON Schemas of the files that flags take.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import { served } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'msc-'));
writeFileSync(join(folder, 'clip.mp4'), 'the film');

async function validatorOf(name) {
  const ajv = addFormats(new Ajv2020({ strict: true, strictRequired: false }));
  const schema = await served(`/__admin/schemas/${name}`);
  return { schema, validate: ajv.compile(schema) };
}

// Whether msc-emulator starts with this file; stdin ends at once, hence it does too.
async function starts(flag, content) {
  const file = join(folder, 'file.json');
  writeFileSync(file, JSON.stringify(content));
  const flags = ['--port', '0', '--exit-with-parent', '--log-level', 'error', flag, file];
  const child = spawn(process.env.MSC_EMULATOR, flags, { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.end();
  const [code] = await once(child, 'exit');
  return code === 0;
}

// Each file, and whether it is allowed.
async function compare(name, flag, files) {
  const { schema, validate } = await validatorOf(name);
  for (const example of schema.examples) files.push([example, true]);
  for (const [file, allowed] of files) {
    const text = JSON.stringify(file);
    assert.equal(validate(file), allowed, `${text}: ${JSON.stringify(validate.errors)}`);
    assert.equal(await starts(flag, file), allowed, text);
  }
}

test('seed.json says what --seed accepts', () =>
  compare('seed.json', '--seed', [
    [{ videos: [{ OriginalFileName: 'a.mp4', content: 'YQ==', $schema: 's' }] }, false],
    [{ $schema: 'http://127.0.0.1:10010/__admin/schemas/seed.json', videos: [] }, true],
    [{ videos: [{ OriginalFileName: 'a.mp4', Id: 'a' }] }, false],
  ]));

test('accounts.json says what --accounts accepts', () =>
  compare('accounts.json', '--accounts', [
    [[], true],
    [[{ name: 'second' }], false],
    [[{ name: 'second', keys: [] }], false],
    [[{ name: 'Second!', keys: ['YQ=='] }], false],
    [[{ name: 'second', keys: [1] }], false],
    [[{ name: 'second', keys: ['YQ=='], more: 1 }], false],
    [{}, false],
  ]));

test('the file that --accounts --help shows is valid', async () => {
  const { validate } = await validatorOf('accounts.json');
  const { stdout } = await promisify(execFile)(process.env.MSC_EMULATOR, ['--help']);
  const shown = stdout.match(/\[\{"name".*?\}\]/)[0];
  assert.ok(validate(JSON.parse(shown)), JSON.stringify(validate.errors));
});
