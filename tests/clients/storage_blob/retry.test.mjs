import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlobServiceClient } from '@azure/storage-blob';
import { flakyProxy } from './flaky_proxy.mjs';
import * as support from './support.mjs';
import { KiB, MiB } from './support.mjs';

const through = (proxy, maxTries) =>
  new BlobServiceClient(proxy.url, support.credential, {
    retryOptions: { maxTries, retryDelayInMs: 1, maxRetryDelayInMs: 10 },
  });

test('an upload whose connection is reset twice succeeds at the third', async (t) => {
  const container = await support.newContainer(t);
  const proxy = await flakyProxy(t, support.blobUrl, { resets: 2, after: 512 * KiB });
  const data = support.bytes(3 * MiB);
  const client = through(proxy, 4).getContainerClient(container.containerName);

  await client.getBlockBlobClient('clip.mp4').uploadData(data);

  assert.equal(proxy.connections, 3);
  support.assertSameBytes(await support.readBack(container.getBlobClient('clip.mp4')), data);
});

test('an upload in blocks survives resets', async (t) => {
  const container = await support.newContainer(t);
  const proxy = await flakyProxy(t, support.blobUrl, { resets: 5, after: 256 * KiB });
  const data = support.bytes(12 * MiB);
  const client = through(proxy, 8).getContainerClient(container.containerName);

  await client.getBlockBlobClient('clip.mp4').uploadData(data, {
    blockSize: MiB,
    maxSingleShotSize: MiB,
    concurrency: 4,
  });

  assert.ok(proxy.connections > 5);
  support.assertSameBytes(await support.readBack(container.getBlobClient('clip.mp4')), data);
});

test('an upload that is cut off commits nothing', async (t) => {
  const container = await support.newContainer(t);
  const kept = container.getBlockBlobClient('kept.mp4');
  await kept.upload('before', 6);
  const proxy = await flakyProxy(t, support.blobUrl, { resets: 3, after: 512 * KiB });
  const client = through(proxy, 1).getContainerClient(container.containerName);
  const data = support.bytes(2 * MiB);

  const fresh = client.getBlockBlobClient('new.mp4');

  await assert.rejects(fresh.upload(data, data.length));
  await assert.rejects(client.getBlockBlobClient('kept.mp4').upload(data, data.length));
  await assert.rejects(fresh.stageBlock(support.blockId(1), data, data.length));

  assert.equal(proxy.connections, 3);
  await support.assertRefused(
    container.getBlockBlobClient('new.mp4').getBlockList('all'), 404, 'BlobNotFound');
  assert.equal((await support.readBack(kept)).toString(), 'before');
});
