import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as support from './support.mjs';
import { all } from './support.mjs';

const names = (items) => items.map(({ name }) => name);

async function containerOf(t, blobs) {
  const container = await support.newContainer(t);
  await Promise.all(
    blobs.map((name) => container.getBlockBlobClient(name).upload(name, Buffer.byteLength(name))));
  return container;
}

const tree = ['a.txt', 'b/1.txt', 'b/2.txt', 'b/deep/3.txt', 'b.txt', 'c/4.txt'];
const sorted = [...tree].sort();

test('listing flat is in order and whole', async (t) => {
  const container = await containerOf(t, tree);

  assert.deepEqual(names(await all(container.listBlobsFlat())), sorted);
  assert.deepEqual(
    names(await all(container.listBlobsFlat({ prefix: 'b/' }))), ['b/1.txt', 'b/2.txt', 'b/deep/3.txt']);
  assert.deepEqual(names(await all(container.listBlobsFlat({ prefix: 'nothing' }))), []);
});

test('listing flat by pages of 2', async (t) => {
  const container = await containerOf(t, tree);

  const pages = await all(container.listBlobsFlat().byPage({ maxPageSize: 2 }));
  const [rest] = await all(
    container.listBlobsFlat().byPage({ continuationToken: pages[0].continuationToken }));

  assert.deepEqual(pages.map((page) => page.segment.blobItems.length), [2, 2, 2]);
  assert.deepEqual(pages.flatMap((page) => names(page.segment.blobItems)), sorted);
  assert.deepEqual(names(rest.segment.blobItems), sorted.slice(2));
});

test('listing by hierarchy', async (t) => {
  const container = await containerOf(t, tree);
  const kinds = (items) => items.map(({ kind, name }) => `${kind} ${name}`);

  const top = await all(container.listBlobsByHierarchy('/'));
  const below = await all(container.listBlobsByHierarchy('/', { prefix: 'b/' }));

  assert.deepEqual(kinds(top).sort(), ['blob a.txt', 'blob b.txt', 'prefix b/', 'prefix c/']);
  assert.deepEqual(kinds(below).sort(), ['blob b/1.txt', 'blob b/2.txt', 'prefix b/deep/']);
});

test('listing by hierarchy by pages of 2 gives each prefix once', async (t) => {
  const container = await containerOf(t, tree);

  const pages = await all(container.listBlobsByHierarchy('/').byPage({ maxPageSize: 2 }));

  const entries = pages.map(({ segment }) =>
    [...names(segment.blobPrefixes ?? []), ...names(segment.blobItems)].sort());
  assert.deepEqual(entries, [['a.txt', 'b.txt'], ['b/', 'c/']]);
});

test('a listed blob has its properties', async (t) => {
  const container = await support.newContainer(t);
  const blob = container.getBlockBlobClient('clip.mp4');
  await blob.upload('12345', 5, {
    blobHTTPHeaders: {
      blobContentType: 'video/mp4',
      blobCacheControl: 'no-cache',
      blobContentLanguage: 'nl',
    },
    metadata: { camera: 'left' },
  });

  const [plain] = await all(container.listBlobsFlat());
  const [item] = await all(container.listBlobsFlat({ includeMetadata: true }));

  const stored = await blob.getProperties();
  assert.equal(plain.metadata, undefined);
  assert.deepEqual(item.metadata, { camera: 'left' });
  const { properties } = item;
  assert.equal(`"${properties.etag.replaceAll('"', '')}"`, stored.etag);
  assert.deepEqual(properties.lastModified, stored.lastModified);
  assert.deepEqual(properties.createdOn, stored.createdOn);
  assert.equal(properties.contentLength, 5);
  assert.equal(properties.contentType, 'video/mp4');
  assert.equal(properties.cacheControl, 'no-cache');
  assert.equal(properties.contentLanguage, 'nl');
  assert.deepEqual(Buffer.from(properties.contentMD5), support.md5('12345'));
  assert.equal(properties.blobType, 'BlockBlob');
});

test('names of all kinds are listed and found', async (t) => {
  const odd = [
    'a b', 'a&b<c>"d"', 'plus+plus', '100%', 'x%20y', 'q?r#s', "it's", 'a;b=c,d@e:f!$()*',
    'München/日本.mp4',
  ];
  const container = await containerOf(t, odd);

  const listed = await all(container.listBlobsFlat());

  assert.deepEqual(names(listed).sort(), [...odd].sort());
  for (const name of odd) {
    assert.equal((await support.readBack(container.getBlobClient(name))).toString(), name);
  }
});

test('uncommitted blobs are listed only when asked for', async (t) => {
  const container = await containerOf(t, ['whole']);
  await container.getBlockBlobClient('started').stageBlock(support.blockId(1), 'x', 1);

  assert.deepEqual(names(await all(container.listBlobsFlat())), ['whole']);
  assert.deepEqual(
    names(await all(container.listBlobsFlat({ includeUncommitedBlobs: true }))), ['started', 'whole']);
});

test('containers are listed by prefix and page', async (t) => {
  const prefix = support.newName('list');
  for (const n of [1, 2, 3]) await support.newContainer(t, `${prefix}-${n}`);

  const listed = await all(support.service.listContainers({ prefix }));
  const pages = await all(support.service.listContainers({ prefix }).byPage({ maxPageSize: 2 }));

  const expected = [1, 2, 3].map((n) => `${prefix}-${n}`);
  assert.deepEqual(names(listed), expected);
  assert.ok(listed.every(({ properties }) => properties.etag && properties.lastModified));
  assert.deepEqual(
    pages.map(({ containerItems }) => names(containerItems)), [expected.slice(0, 2), expected.slice(2)]);
});

test('a container that is not there is not listed', async () => {
  const container = support.service.getContainerClient(support.newName('none'));

  await support.assertRefused(all(container.listBlobsFlat()), 404, 'ContainerNotFound');
});
