import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as support from './support.mjs';

async function newBlob(t) {
  const container = await support.newContainer(t);
  const blob = container.getBlockBlobClient('clip.mp4');
  await blob.upload('old', 3, { metadata: { a: '1' } });
  return { container, blob };
}

async function listAll(container, options) {
  const items = [];
  for await (const item of container.listBlobsFlat(options)) items.push(item);
  return items;
}

test('a snapshot keeps what the blob was', async (t) => {
  const { blob } = await newBlob(t);
  const { snapshot } = await blob.createSnapshot();
  await blob.upload('new', 3);

  assert.equal((await blob.withSnapshot(snapshot).downloadToBuffer()).toString(), 'old');
  assert.deepEqual((await blob.withSnapshot(snapshot).getProperties()).metadata, { a: '1' });
  assert.equal((await blob.downloadToBuffer()).toString(), 'new');
});

test('a snapshot can have metadata of its own', async (t) => {
  const { blob } = await newBlob(t);
  const { snapshot } = await blob.createSnapshot({ metadata: { b: '2' } });

  assert.deepEqual((await blob.withSnapshot(snapshot).getProperties()).metadata, { b: '2' });
});

test('lists have the snapshots before the blob', async (t) => {
  const { container, blob } = await newBlob(t);
  const first = await blob.createSnapshot();
  const second = await blob.createSnapshot();

  const items = await listAll(container, { includeSnapshots: true });

  assert.deepEqual(items.map((item) => item.snapshot), [first.snapshot, second.snapshot, undefined]);
});

test('pages of a list go on in the middle of the snapshots', async (t) => {
  const { container, blob } = await newBlob(t);
  for (let i = 0; i < 4; ++i) await blob.createSnapshot();

  const found = [];
  for await (const page of container.listBlobsFlat({ includeSnapshots: true }).byPage({ maxPageSize: 2 })) {
    found.push(...page.segment.blobItems.map((item) => item.snapshot));
  }

  assert.equal(new Set(found).size, 5);
});

test('a blob with snapshots is deleted with them or not at all', async (t) => {
  const { container, blob } = await newBlob(t);
  const { snapshot } = await blob.createSnapshot();

  await assert.rejects(blob.delete(), { statusCode: 409, code: 'SnapshotsPresent' });
  await blob.delete({ deleteSnapshots: 'only' });
  assert.equal(await blob.withSnapshot(snapshot).exists(), false);
  await blob.createSnapshot();
  await blob.delete({ deleteSnapshots: 'include' });
  assert.deepEqual(await listAll(container, { includeSnapshots: true }), []);
});

test('one snapshot is deleted alone', async (t) => {
  const { blob } = await newBlob(t);
  const { snapshot } = await blob.createSnapshot();
  await blob.withSnapshot(snapshot).delete();

  assert.equal(await blob.exists(), true);
  assert.equal((await blob.withSnapshot(snapshot).deleteIfExists()).errorCode, 'BlobNotFound');
});

test('a snapshot is promoted by a copy', async (t) => {
  const { blob } = await newBlob(t);
  const { snapshot } = await blob.createSnapshot();
  await blob.upload('new', 3);
  const poller = await blob.beginCopyFromURL(blob.withSnapshot(snapshot).url);
  await poller.pollUntilDone();

  assert.equal((await blob.downloadToBuffer()).toString(), 'old');
});

test('the difference to a snapshot has written and cleared pages', async (t) => {
  const container = await support.newContainer(t);
  const blob = container.getPageBlobClient('disk');
  await blob.create(4096);
  await blob.uploadPages('a'.repeat(1024), 0, 1024);
  const { snapshot } = await blob.createSnapshot();
  await blob.uploadPages('b'.repeat(512), 2048, 512);
  await blob.clearPages(0, 512);

  const { pageRange, clearRange } = await blob.getPageRangesDiff(0, 4096, snapshot);

  // The SDK's count is the last byte minus the first one.
  assert.deepEqual(pageRange, [{ offset: 2048, count: 511 }]);
  assert.deepEqual(clearRange, [{ offset: 0, count: 511 }]);
});
