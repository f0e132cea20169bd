import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as support from './support.mjs';
import { MiB } from './support.mjs';

async function uploaded(t, data) {
  const blob = (await support.newContainer(t)).getBlockBlobClient('clip.mp4');
  await blob.upload(data, data.length);
  return blob;
}

test('downloadToBuffer in parallel ranges', async (t) => {
  const data = support.bytes(5 * MiB + 3);
  const blob = await uploaded(t, data);

  const whole = await blob.downloadToBuffer(0, undefined, { blockSize: MiB, concurrency: 4 });
  const part = await blob.downloadToBuffer(MiB - 1, 2 * MiB, { blockSize: 700_001, concurrency: 3 });

  support.assertSameBytes(whole, data);
  support.assertSameBytes(part, data.subarray(MiB - 1, 3 * MiB - 1));
});

const text = Buffer.from('0123456789');
const ranges = [
  { offset: 0, count: 1, content: '0' },
  { offset: 3, count: 4, content: '3456' },
  { offset: 7, count: undefined, content: '789' },
  { offset: 9, count: 1, content: '9' },
  { offset: 5, count: 100, content: '56789' },
];
for (const { offset, count, content } of ranges) {
  test(`download from ${offset}, ${count ?? 'all'} that follow`, async (t) => {
    const blob = await uploaded(t, text);

    const answer = await blob.download(offset, count);

    assert.equal((await support.readStream(answer.readableStreamBody)).toString(), content);
    assert.equal(answer.contentRange, `bytes ${offset}-${offset + content.length - 1}/10`);
    assert.equal(answer.contentLength, content.length);
    assert.deepEqual(Buffer.from(answer.blobContentMD5), support.md5(text));
  });
}

test('a range from the end on is refused', async (t) => {
  const blob = await uploaded(t, text);

  for (const offset of [10, 11, 1000]) {
    const error = await support.assertRefused(blob.download(offset, 1), 416, 'InvalidRange');
    assert.equal(error.response.headers.get('content-range'), 'bytes */10');
  }
});

test('a range comes with its MD5 when asked for', async (t) => {
  const blob = await uploaded(t, Buffer.from('<hello world>'));

  const answer = await blob.download(1, 11, { rangeGetContentMD5: true });

  assert.equal((await support.readStream(answer.readableStreamBody)).toString(), 'hello world');
  assert.deepEqual(Buffer.from(answer.contentMD5), support.md5('hello world'));
});

test('a range comes with its CRC-64 when asked for', async (t) => {
  const blob = await uploaded(t, Buffer.from('<hello world>'));

  const answer = await blob.download(1, 11, { rangeGetContentCrc64: true });

  assert.equal((await support.readStream(answer.readableStreamBody)).toString(), 'hello world');
  assert.equal(Buffer.from(answer.contentCrc64).toString('base64'), 'vo7q9sPVKY0=');
});

test('a range across the borders of blocks', async (t) => {
  const blob = (await support.newContainer(t)).getBlockBlobClient('blocks');
  const data = support.bytes(1000);
  const ids = [];
  for (let at = 0; at < data.length; at += 100) {
    ids.push(support.blockId(at));
    await blob.stageBlock(ids.at(-1), data.subarray(at, at + 100), 100);
  }
  await blob.commitBlockList(ids);

  for (const [offset, count] of [[0, 1000], [99, 2], [100, 100], [150, 700], [999, 1]]) {
    const range = await blob.downloadToBuffer(offset, count);
    support.assertSameBytes(range, data.subarray(offset, offset + count));
  }
});

test('a blob without bytes is read as one', async (t) => {
  const blob = await uploaded(t, Buffer.alloc(0));

  const answer = await blob.download();

  assert.equal(answer.contentLength, 0);
  assert.equal((await support.readStream(answer.readableStreamBody)).length, 0);
});
