import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import * as support from './support.mjs';
import { KiB, MiB } from './support.mjs';

for (const size of [0, 1, 100 * KiB]) {
  test(`uploadData of ${size} bytes comes back`, async (t) => {
    const container = await support.newContainer(t);
    const blob = container.getBlockBlobClient('small');
    const data = support.bytes(size);

    const answer = await blob.uploadData(data, { blobHTTPHeaders: { blobContentType: 'video/mp4' } });

    assert.match(answer.etag, /^"0x[0-9A-F]+"$/);
    const properties = await blob.getProperties();
    assert.equal(properties.contentLength, size);
    assert.equal(properties.contentType, 'video/mp4');
    assert.equal(properties.etag, answer.etag);
    assert.deepEqual(Buffer.from(properties.contentMD5), support.md5(data));
    const download = await blob.download();
    support.assertSameBytes(await support.readStream(download.readableStreamBody), data);
  });
}

test('uploadData in parallel blocks comes back', async (t) => {
  const container = await support.newContainer(t);
  const blob = container.getBlockBlobClient('blocks');
  const data = support.bytes(7 * MiB + 13);
  const loaded = [];

  await blob.uploadData(data, {
    blockSize: MiB,
    maxSingleShotSize: MiB,
    concurrency: 4,
    onProgress: (progress) => loaded.push(progress.loadedBytes),
  });

  assert.equal(loaded.at(-1), data.length);
  assert.equal((await blob.getBlockList('committed')).committedBlocks.length, 8);
  support.assertSameBytes(await support.readBack(blob), data);
});

test('uploadData replaces what was there', async (t) => {
  const container = await support.newContainer(t);
  const blob = container.getBlockBlobClient('replaced');
  const data = support.bytes(3 * MiB);

  const first = await blob.uploadData(support.bytes(5 * MiB), { metadata: { first: 'yes' } });
  const second = await blob.uploadData(data);

  assert.notEqual(second.etag, first.etag);
  support.assertSameBytes(await support.readBack(blob), data);
  assert.deepEqual((await blob.getProperties()).metadata, {});
});

test('uploadStream of odd pieces comes back', async (t) => {
  const container = await support.newContainer(t);
  const blob = container.getBlockBlobClient('stream');
  const pieces = Array.from({ length: 60 }, (_, i) => support.bytes(70_001 + 31 * i));

  await blob.uploadStream(Readable.from(pieces), MiB, 3);

  support.assertSameBytes(await support.readBack(blob), Buffer.concat(pieces));
});

// A file of 200 MiB in which no two MiB are the same.
async function makeFile(path) {
  const hash = createHash('sha256');
  const piece = support.bytes(MiB);
  const file = await open(path, 'w');
  for (let i = 0; i < 200; ++i) {
    piece.writeUInt32LE(i);
    hash.update(piece);
    await file.writeFile(piece);
  }
  await file.close();
  return hash.digest('hex');
}

async function hashOf(blob) {
  const hash = createHash('sha256');
  const download = await blob.download();
  for await (const part of download.readableStreamBody) hash.update(part);
  return hash.digest('hex');
}

test('uploadFile of 200 MiB', async (t) => {
  const container = await support.newContainer(t);
  const folder = await mkdtemp(join(tmpdir(), 'msc-clients-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'clip.mp4');
  const expected = await makeFile(path);

  await t.test('in parallel blocks comes back', async () => {
    const blob = container.getBlockBlobClient('blocks.mp4');
    await blob.uploadFile(path, { blockSize: 4 * MiB, maxSingleShotSize: 0, concurrency: 8 });
    assert.equal((await blob.getBlockList('committed')).committedBlocks.length, 50);
    assert.equal(await hashOf(blob), expected);
  });

  await t.test('in one request comes back', async () => {
    const blob = container.getBlockBlobClient('one.mp4');
    await blob.uploadFile(path);
    assert.equal((await blob.getBlockList('committed')).committedBlocks.length, 0);
    assert.equal(await hashOf(blob), expected);
  });
});
