import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlobSASPermissions } from '@azure/storage-blob';
import * as support from './support.mjs';

const PAGE = 512;

async function newPageBlob(t, size = 16 * PAGE) {
  const container = await support.newContainer(t);
  const blob = container.getPageBlobClient('disk.vhd');
  await blob.create(size, { blobSequenceNumber: 1 });
  return { container, blob };
}

test('pages are written and cleared at their places', async (t) => {
  const { blob } = await newPageBlob(t);
  const data = support.bytes(4 * PAGE);

  await blob.uploadPages(data, PAGE, data.length);
  await blob.clearPages(2 * PAGE, PAGE);

  const expected = Buffer.alloc(16 * PAGE);
  data.copy(expected, PAGE);
  expected.fill(0, 2 * PAGE, 3 * PAGE);
  support.assertSameBytes(await support.readBack(blob), expected);
  // The SDK's `count` is the last byte, which belongs to the range, minus the first one.
  const ranges = await blob.getPageRanges();
  assert.deepEqual(ranges.pageRange, [
    { offset: PAGE, count: PAGE - 1 },
    { offset: 3 * PAGE, count: 2 * PAGE - 1 },
  ]);
});

test('a page blob is resized, and its sequence number changes', async (t) => {
  const { blob } = await newPageBlob(t);

  await blob.resize(4 * PAGE);
  const answer = await blob.updateSequenceNumber('increment');

  assert.equal(answer.blobSequenceNumber, 2);
  const properties = await blob.getProperties();
  assert.equal(properties.contentLength, 4 * PAGE);
  assert.equal(properties.blobType, 'PageBlob');
});

test('conditions on the sequence number keep late writes out', async (t) => {
  const { blob } = await newPageBlob(t);
  const conditions = { ifSequenceNumberLessThan: 1 };

  await support.assertRefused(
    blob.uploadPages(support.bytes(PAGE), 0, PAGE, { conditions }), 412, 'SequenceNumberConditionNotMet');
});

test('uploadPagesFromURL copies a range', async (t) => {
  const { container, blob } = await newPageBlob(t);
  const source = container.getBlockBlobClient('source');
  const data = support.bytes(4 * PAGE);
  await source.upload(data, data.length);
  const url = await source.generateSasUrl({
    permissions: BlobSASPermissions.parse('r'),
    expiresOn: support.inOneHour(),
  });

  await blob.uploadPagesFromURL(url, PAGE, 0, 2 * PAGE);

  support.assertSameBytes(await blob.downloadToBuffer(0, 2 * PAGE), data.subarray(PAGE, 3 * PAGE));
});

test('page ranges come in parts', async (t) => {
  const { blob } = await newPageBlob(t);
  for (const at of [0, 2, 4]) await blob.uploadPages(support.bytes(PAGE), at * PAGE, PAGE);

  const pages = await support.all(blob.listPageRanges().byPage({ maxPageSize: 2 }));

  assert.deepEqual(pages.map((page) => page.pageRange.length), [2, 1]);
});

test('a page blob of 8 TiB has zeros where nothing was written', async (t) => {
  const size = 8 * 1024 ** 4;
  const { blob } = await newPageBlob(t, size);
  await blob.uploadPages(Buffer.alloc(PAGE, 'x'), size - PAGE, PAGE);

  const tail = await blob.downloadToBuffer(size - PAGE - 1, PAGE + 1);

  assert.equal(tail.toString(), `\0${'x'.repeat(PAGE)}`);
});
