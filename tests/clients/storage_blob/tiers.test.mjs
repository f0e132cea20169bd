import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as support from './support.mjs';

async function newBlob(t, options = {}) {
  const container = await support.newContainer(t);
  const blob = container.getBlockBlobClient('clip.mp4');
  await blob.upload('hello', 5, options);
  return { container, blob };
}

const code = (attempt) => attempt.then(() => assert.fail('not rejected'), (error) => error.code);

test('a blob has the tier that it is given', async (t) => {
  const { container, blob } = await newBlob(t, { tier: 'Cool' });

  const properties = await blob.getProperties();
  assert.equal(properties.accessTier, 'Cool');
  assert.equal(properties.accessTierInferred, false);

  await blob.setAccessTier('Cold');
  const [listed] = await support.all(container.listBlobsFlat());
  assert.equal(listed.properties.accessTier, 'Cold');
  assert.equal(listed.properties.accessTierInferred, undefined);
});

test('an archived blob is rehydrated', async (t) => {
  const { container, blob } = await newBlob(t);
  await blob.setAccessTier('Archive');
  assert.equal(await code(blob.download()), 'BlobArchived');

  await blob.setAccessTier('Hot', { rehydratePriority: 'High' });

  const properties = await blob.getProperties();
  assert.equal(properties.accessTier, 'Archive');
  assert.equal(properties.archiveStatus, 'rehydrate-pending-to-hot');
  assert.equal(properties.rehydratePriority, 'High');
  const [listed] = await support.all(container.listBlobsFlat());
  assert.equal(listed.properties.archiveStatus, 'rehydrate-pending-to-hot');
  assert.equal(await code(blob.download()), 'BlobBeingRehydrated');
});

test('an archived blob is copied to an online tier', async (t) => {
  const { container, blob } = await newBlob(t, { tier: 'Archive' });
  const copy = container.getBlockBlobClient('copy.mp4');
  assert.equal(await code(copy.beginCopyFromURL(blob.url)), 'BlobArchived');

  await copy.beginCopyFromURL(blob.url, { tier: 'Hot' });

  const properties = await copy.getProperties();
  assert.equal(properties.accessTier, 'Hot');
  assert.equal(properties.archiveStatus, 'rehydrate-pending-to-hot');
});

test('a batch archives blobs and brings them back', async (t) => {
  const { container, blob } = await newBlob(t);
  const batch = container.getBlobBatchClient();

  const archived = await batch.setBlobsAccessTier([blob], 'Archive');
  const rehydrated = await batch.setBlobsAccessTier([blob], 'Cool');

  assert.deepEqual(archived.subResponses.map(({ status }) => status), [200]);
  assert.deepEqual(rehydrated.subResponses.map(({ status }) => status), [202]);
});
