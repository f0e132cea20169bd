// Containers and blobs that anybody may read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BlobServiceClient } from '@azure/storage-blob';
import { all, assertRefused, blobUrl, newName, once, readBack, service } from './support.mjs';

const anybody = new BlobServiceClient(blobUrl, undefined, once);

// A container with one blob, and the same container as anybody sees it.
async function newPublic(t, access) {
  const container = service.getContainerClient(newName('public'));
  await container.create({ access });
  t.after(() => container.deleteIfExists());
  await container.getBlockBlobClient('a').upload('bytes', 5);
  return { container, seen: anybody.getContainerClient(container.containerName) };
}

test('a public container is listed and read without credentials', async (t) => {
  const { seen } = await newPublic(t, 'container');

  assert.deepEqual((await all(seen.listBlobsFlat())).map(({ name }) => name), ['a']);
  assert.equal((await seen.getProperties()).blobPublicAccess, 'container');
  assert.equal(String(await readBack(seen.getBlobClient('a'))), 'bytes');
  await assertRefused(seen.getBlockBlobClient('b').upload('x', 1), 401, 'NoAuthenticationInformation');
});

test('public blobs are read, but their container is not', async (t) => {
  const { seen } = await newPublic(t, 'blob');

  assert.equal((await seen.getBlobClient('a').getProperties()).contentLength, 5);
  await assertRefused(seen.getProperties(), 401, 'NoAuthenticationInformation');
  await assertRefused(all(seen.listBlobsFlat()), 401, 'NoAuthenticationInformation');
});

test('the access is in properties, policies and lists, and can be taken away', async (t) => {
  const { container, seen } = await newPublic(t, 'blob');
  const listed = async () => {
    const found = await all(service.listContainers({ prefix: container.containerName }));
    return found[0].properties.publicAccess;
  };

  assert.equal((await container.getAccessPolicy()).blobPublicAccess, 'blob');
  assert.equal(await listed(), 'blob');
  await container.setAccessPolicy();
  assert.equal((await container.getProperties()).blobPublicAccess, undefined);
  assert.equal(await listed(), undefined);
  await assertRefused(readBack(seen.getBlobClient('a')), 401, 'NoAuthenticationInformation');
});
