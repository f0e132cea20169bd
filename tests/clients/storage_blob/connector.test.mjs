// Through the URL that the connector hands out: version 2012-02-12, permissions in a stored policy.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlockBlobClient } from '@azure/storage-blob';
import * as support from './support.mjs';
import { MiB } from './support.mjs';

async function newVideo() {
  const answer = await fetch(`${support.emulatorUrl}/api/Videos`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ OriginalFileName: 'clip.mp4' }),
  });
  assert.equal(answer.status, 200);
  const video = await answer.json();
  assert.match(video.UploadUri, /[?&]sv=2012-02-12&/);
  return { id: video.Id, blob: new BlockBlobClient(video.UploadUri, undefined, support.once) };
}

test('a video is uploaded in one request', async () => {
  const { blob } = await newVideo();
  const data = support.bytes(300_000);

  await blob.uploadData(data, { blobHTTPHeaders: { blobContentType: 'video/mp4' } });

  const properties = await blob.getProperties();
  assert.equal(properties.contentType, 'video/mp4');
  assert.equal(properties.version, '2012-02-12');
  support.assertSameBytes(await support.readBack(blob), data);
});

test('a video is uploaded in parallel blocks', async () => {
  const { blob } = await newVideo();
  const data = support.bytes(9 * MiB + 1);

  await blob.uploadData(data, { blockSize: MiB, maxSingleShotSize: MiB, concurrency: 4 });

  assert.equal((await blob.getBlockList('committed')).committedBlocks.length, 10);
  support.assertSameBytes(await support.readBack(blob), data);
  await blob.delete();
  assert.equal(await blob.exists(), false);
});

test('blocks larger than its version knew are taken', async () => {
  const { blob } = await newVideo();
  const data = support.bytes(5 * MiB);

  await blob.stageBlock(support.blockId(1), data, data.length);
  await blob.commitBlockList([support.blockId(1)]);

  support.assertSameBytes(await support.readBack(blob), data);
});

test('the URL is dead when the upload is complete', async () => {
  const { id, blob } = await newVideo();
  await blob.uploadData(support.bytes(1000));

  const complete = await fetch(`${support.emulatorUrl}/api/Videos/${id}/MarkComplete`, { method: 'POST' });

  assert.equal(complete.status, 200);
  await support.assertRefused(blob.uploadData(support.bytes(10)), 403, 'AuthenticationFailed');
});
