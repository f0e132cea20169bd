import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as support from './support.mjs';
import { blockId } from './support.mjs';

const stage = (blob, number, text) => blob.stageBlock(blockId(number), text, Buffer.byteLength(text));
const text = async (blob) => (await support.readBack(blob)).toString();
const sizes = (blocks) => (blocks ?? []).map(({ name, size }) => [name, size]);

async function newBlob(t) {
  return (await support.newContainer(t)).getBlockBlobClient('clip.mp4');
}

test('blocks staged out of order are read in the list\'s order', async (t) => {
  const blob = await newBlob(t);
  await Promise.all([3, 1, 2].map((n) => stage(blob, n, `<${n}>`)));

  await blob.commitBlockList([1, 2, 3].map(blockId), {
    blobHTTPHeaders: { blobContentType: 'video/mp4' },
    metadata: { source: 'camera' },
  });

  assert.equal(await text(blob), '<1><2><3>');
  const properties = await blob.getProperties();
  assert.equal(properties.contentType, 'video/mp4');
  assert.deepEqual(properties.metadata, { source: 'camera' });
});

test('getBlockList tells committed from uncommitted blocks', async (t) => {
  const blob = await newBlob(t);
  await stage(blob, 1, 'one');
  await stage(blob, 2, 'three');
  await blob.commitBlockList([2, 1].map(blockId));
  await stage(blob, 3, 'sixsix');

  const committed = await blob.getBlockList('committed');
  const uncommitted = await blob.getBlockList('uncommitted');
  const both = await blob.getBlockList('all');

  const list = [[blockId(2), 5], [blockId(1), 3]];
  assert.deepEqual(sizes(committed.committedBlocks), list);
  assert.deepEqual(sizes(committed.uncommittedBlocks), []);
  assert.deepEqual(sizes(uncommitted.committedBlocks), []);
  assert.deepEqual(sizes(uncommitted.uncommittedBlocks), [[blockId(3), 6]]);
  assert.deepEqual(sizes(both.committedBlocks), list);
  assert.deepEqual(sizes(both.uncommittedBlocks), [[blockId(3), 6]]);
  assert.equal(both.blobContentLength, 8);
  assert.equal(both.etag, (await blob.getProperties()).etag);
});

test('a blob of uncommitted blocks alone does not exist yet', async (t) => {
  const blob = await newBlob(t);
  await stage(blob, 1, 'one');

  assert.equal(await blob.exists(), false);
  await support.assertRefused(blob.download(), 404, 'BlobNotFound');
  assert.deepEqual(sizes((await blob.getBlockList('uncommitted')).uncommittedBlocks), [[blockId(1), 3]]);
});

test('a block may stand in a list twice', async (t) => {
  const blob = await newBlob(t);
  await stage(blob, 1, 'ab');
  await stage(blob, 2, '-');

  await blob.commitBlockList([1, 2, 1].map(blockId));

  assert.equal(await text(blob), 'ab-ab');
  assert.equal((await blob.getBlockList('committed')).committedBlocks.length, 3);
});

test('a block staged twice is the later one', async (t) => {
  const blob = await newBlob(t);
  await stage(blob, 1, 'early');
  await stage(blob, 1, 'late');

  await blob.commitBlockList([blockId(1)]);

  assert.equal(await text(blob), 'late');
});

test('old blocks are committed anew, beside new ones', async (t) => {
  const blob = await newBlob(t);
  for (const n of [1, 2, 3]) await stage(blob, n, `<${n}>`);
  await blob.commitBlockList([1, 2, 3].map(blockId));
  await stage(blob, 4, '<4>');

  await blob.commitBlockList([4, 3, 1].map(blockId));

  assert.equal(await text(blob), '<4><3><1>');
  await support.assertRefused(blob.commitBlockList([blockId(2)]), 400, 'InvalidBlockList');
  assert.equal(await text(blob), '<4><3><1>');
});

test('an empty list makes an empty blob', async (t) => {
  const blob = await newBlob(t);
  await stage(blob, 1, 'one');

  await blob.commitBlockList([]);

  assert.equal((await blob.getProperties()).contentLength, 0);
  const { committedBlocks, uncommittedBlocks } = await blob.getBlockList('all');
  assert.deepEqual([sizes(committedBlocks), sizes(uncommittedBlocks)], [[], []]);
});

test('a whole upload discards uncommitted blocks', async (t) => {
  const blob = await newBlob(t);
  await stage(blob, 1, 'one');

  await blob.upload('whole', 5);

  assert.deepEqual(sizes((await blob.getBlockList('all')).uncommittedBlocks), []);
  await support.assertRefused(blob.commitBlockList([blockId(1)]), 400, 'InvalidBlockList');
});

test('bad blocks are refused', async (t) => {
  const blob = await newBlob(t);
  await stage(blob, 1, 'one');
  const id = (length) => Buffer.alloc(length, 'x').toString('base64');

  await support.assertRefused(blob.stageBlock(id(7), 'x', 1), 400, 'InvalidBlobOrBlock');
  await support.assertRefused(blob.stageBlock(id(65), 'x', 1), 400, 'OutOfRangeInput');
  await support.assertRefused(blob.stageBlock('no base64!', 'x', 1), 400, 'InvalidQueryParameterValue');
  const checked = (checksum) => blob.stageBlock(blockId(2), 'x', 1, checksum);
  await support.assertRefused(
    checked({ transactionalContentMD5: support.md5('y') }), 400, 'Md5Mismatch');
  await support.assertRefused(
    checked({ transactionalContentCrc64: Buffer.alloc(8) }), 400, 'Crc64Mismatch');
  assert.deepEqual(sizes((await blob.getBlockList('uncommitted')).uncommittedBlocks), [[blockId(1), 3]]);
});

test('a block id has up to 64 bytes', async (t) => {
  const blob = await newBlob(t);
  const id = Buffer.alloc(64, 0xfb).toString('base64');

  await blob.stageBlock(id, 'x', 1);
  await blob.commitBlockList([id]);

  assert.deepEqual(sizes((await blob.getBlockList('committed')).committedBlocks), [[id, 1]]);
});
