import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlobSASPermissions } from '@azure/storage-blob';
import * as support from './support.mjs';

async function source(t) {
  const container = await support.newContainer(t);
  const blob = container.getBlockBlobClient('source.mp4');
  const data = support.bytes(200_000);
  await blob.uploadData(data, {
    maxSingleShotSize: 1,
    blockSize: 64_000,
    blobHTTPHeaders: { blobContentType: 'video/mp4' },
    metadata: { take: '1' },
  });
  return { container, blob, data };
}

async function assertIsCopy(copy, data, metadata) {
  support.assertSameBytes(await support.readBack(copy), data);
  const properties = await copy.getProperties();
  assert.equal(properties.contentType, 'video/mp4');
  assert.deepEqual(properties.metadata, metadata);
  return properties;
}

test('beginCopyFromURL copies and says so', async (t) => {
  const { container, blob, data } = await source(t);
  const copy = container.getBlockBlobClient('copy.mp4');

  const poller = await copy.beginCopyFromURL(blob.url, { intervalInMs: 1 });
  const answer = await poller.pollUntilDone();

  assert.equal(answer.copyStatus, 'success');
  const properties = await assertIsCopy(copy, data, { take: '1' });
  assert.equal(properties.copyStatus, 'success');
  assert.equal(properties.copyId, answer.copyId);
  assert.equal(properties.copySource.split('?')[0], blob.url);
  assert.equal(properties.copyProgress, `${data.length}/${data.length}`);
});

test('syncCopyFromURL copies from a signed URL', async (t) => {
  const { container, blob, data } = await source(t);
  const copy = container.getBlockBlobClient('copy.mp4');
  const url = await blob.generateSasUrl({
    permissions: BlobSASPermissions.parse('r'),
    expiresOn: support.inOneHour(),
  });

  const answer = await copy.syncCopyFromURL(url, { metadata: { take: '2' } });

  assert.equal(answer.copyStatus, 'success');
  await assertIsCopy(copy, data, { take: '2' });
});

test('a copy lives on without its source', async (t) => {
  const { container, blob, data } = await source(t);
  const copy = container.getBlockBlobClient('copy.mp4');
  await (await copy.beginCopyFromURL(blob.url, { intervalInMs: 1 })).pollUntilDone();

  await blob.delete();

  support.assertSameBytes(await support.readBack(copy), data);
});

test('a source that is not there is not copied', async (t) => {
  const { container } = await source(t);
  const copy = container.getBlockBlobClient('copy.mp4');

  await support.assertRefused(
    copy.beginCopyFromURL(container.getBlobClient('none').url), 404, 'BlobNotFound');
  assert.equal(await copy.exists(), false);
});

test('a copy into another container', async (t) => {
  const { blob, data } = await source(t);
  const copy = (await support.newContainer(t)).getBlockBlobClient('copy.mp4');

  await (await copy.beginCopyFromURL(blob.url, { intervalInMs: 1 })).pollUntilDone();

  await assertIsCopy(copy, data, { take: '1' });
});
