import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlobSASPermissions } from '@azure/storage-blob';
import * as support from './support.mjs';

async function newAppendBlob(t) {
  const container = await support.newContainer(t);
  const blob = container.getAppendBlobClient('log.txt');
  await blob.create({ blobHTTPHeaders: { blobContentType: 'text/plain' } });
  return { container, blob };
}

test('an append blob grows by blocks', async (t) => {
  const { blob } = await newAppendBlob(t);

  await blob.appendBlock('one ', 4);
  const answer = await blob.appendBlock('two', 3, { transactionalContentMD5: support.md5('two') });

  assert.equal(answer.blobAppendOffset, '4');
  assert.equal(answer.blobCommittedBlockCount, 2);
  assert.equal((await support.readBack(blob)).toString(), 'one two');
  const properties = await blob.getProperties();
  assert.equal(properties.blobType, 'AppendBlob');
  assert.equal(properties.blobCommittedBlockCount, 2);
  assert.equal(properties.contentType, 'text/plain');
});

test('append conditions keep a repeated block out', async (t) => {
  const { blob } = await newAppendBlob(t);
  const conditions = { appendPosition: 0, maxSize: 3 };
  await blob.appendBlock('one', 3, { conditions });

  await support.assertRefused(
    blob.appendBlock('one', 3, { conditions }), 412, 'AppendPositionConditionNotMet');
  await support.assertRefused(
    blob.appendBlock('two', 3, { conditions: { maxSize: 5 } }), 412, 'MaxBlobSizeConditionNotMet');
});

test('appendBlockFromURL copies a range', async (t) => {
  const { container, blob } = await newAppendBlob(t);
  const source = container.getBlockBlobClient('source');
  await source.upload('0123456789', 10);
  const url = await source.generateSasUrl({
    permissions: BlobSASPermissions.parse('r'),
    expiresOn: support.inOneHour(),
  });

  const answer = await blob.appendBlockFromURL(url, 2, 4);

  assert.equal(answer.blobAppendOffset, '0');
  assert.equal((await support.readBack(blob)).toString(), '2345');
});

test('a sealed append blob takes no more blocks', async (t) => {
  const { container, blob } = await newAppendBlob(t);

  const answer = await blob.seal();

  assert.equal(answer.isSealed, true);
  await support.assertRefused(blob.appendBlock('x', 1), 409, 'BlobIsSealed');
  const [listed] = await support.all(container.listBlobsFlat());
  assert.equal(listed.properties.blobType, 'AppendBlob');
});

test('stageBlockFromURL copies a range into a block', async (t) => {
  const { container } = await newAppendBlob(t);
  const source = container.getBlockBlobClient('source');
  await source.upload('0123456789', 10);
  const url = await source.generateSasUrl({
    permissions: BlobSASPermissions.parse('r'),
    expiresOn: support.inOneHour(),
  });
  const blob = container.getBlockBlobClient('blocks');

  await blob.stageBlockFromURL(support.blockId(0), url, 3, 4);
  await blob.commitBlockList([support.blockId(0)]);

  assert.equal((await support.readBack(blob)).toString(), '3456');
});
