import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as support from './support.mjs';

async function newBlobs(t, count) {
  const container = await support.newContainer(t);
  const blobs = [];
  for (let i = 0; i < count; i += 1) {
    const blob = container.getBlockBlobClient(`blob ${i}`);
    await blob.upload('x', 1);
    blobs.push(blob);
  }
  return { container, blobs };
}

test('a batch deletes blobs and says which were not there', async (t) => {
  const { container, blobs } = await newBlobs(t, 3);
  const batch = support.service.getBlobBatchClient();

  const answer = await batch.deleteBlobs(
    [...blobs, container.getBlobClient('none')].map((blob) => blob.url), support.credential);

  assert.deepEqual(answer.subResponses.map(({ status }) => status), [202, 202, 202, 404]);
  assert.equal(answer.subResponses[3].errorCode, 'BlobNotFound');
  assert.deepEqual(await support.all(container.listBlobsFlat()), []);
});

test('a batch of a container sets tiers', async (t) => {
  const { container, blobs } = await newBlobs(t, 2);
  const batch = container.getBlobBatchClient();

  const answer = await batch.setBlobsAccessTier(blobs, 'Hot');

  assert.equal(answer.subResponsesSucceededCount, 2);
});
