import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as support from './support.mjs';

async function uploaded(t, options) {
  const blob = (await support.newContainer(t)).getBlockBlobClient('clip.mp4');
  const { etag } = await blob.upload('content', 7, options);
  return { blob, etag };
}

test('metadata is set, replaced and removed', async (t) => {
  const { blob, etag } = await uploaded(t, { metadata: { camera: 'left', take: '2' } });
  assert.deepEqual((await blob.getProperties()).metadata, { camera: 'left', take: '2' });

  const answer = await blob.setMetadata({ camera: 'right' });

  assert.notEqual(answer.etag, etag);
  const properties = await blob.getProperties();
  assert.deepEqual(properties.metadata, { camera: 'right' });
  assert.equal(properties.etag, answer.etag);
  assert.deepEqual((await blob.download()).metadata, { camera: 'right' });
  await blob.setMetadata();
  assert.deepEqual((await blob.getProperties()).metadata, {});
});

test('HTTP headers are set and replaced as a whole', async (t) => {
  const headers = {
    blobContentType: 'video/mp4',
    blobContentLanguage: 'en',
    blobContentEncoding: 'identity',
    blobContentDisposition: 'attachment; filename="clip.mp4"',
    blobCacheControl: 'max-age=60',
  };
  const { blob } = await uploaded(t, { blobHTTPHeaders: headers });
  const stored = async () => {
    const answer = await blob.download();
    await support.readStream(answer.readableStreamBody);
    return {
      blobContentType: answer.contentType,
      blobContentLanguage: answer.contentLanguage,
      blobContentEncoding: answer.contentEncoding,
      blobContentDisposition: answer.contentDisposition,
      blobCacheControl: answer.cacheControl,
    };
  };
  assert.deepEqual(await stored(), headers);

  await blob.setHTTPHeaders({ blobContentType: 'text/plain', blobContentLanguage: 'nl' });

  assert.deepEqual(await stored(), {
    blobContentType: 'text/plain',
    blobContentLanguage: 'nl',
    blobContentEncoding: undefined,
    blobContentDisposition: undefined,
    blobCacheControl: undefined,
  });
});

test('an upload that must be the first is refused as the second', async (t) => {
  const { blob } = await uploaded(t);
  const conditions = { ifNoneMatch: '*' };
  await blob.stageBlock(support.blockId(1), 'x', 1);

  await support.assertRefused(blob.upload('x', 1, { conditions }), 409, 'BlobAlreadyExists');
  await support.assertRefused(
    blob.commitBlockList([support.blockId(1)], { conditions }), 409, 'BlobAlreadyExists');
  assert.equal((await support.readBack(blob)).toString(), 'content');
});

test('an upload that must be the first succeeds as the first', async (t) => {
  const container = await support.newContainer(t);

  await container.getBlockBlobClient('new').upload('x', 1, { conditions: { ifNoneMatch: '*' } });

  assert.equal(await container.getBlobClient('new').exists(), true);
});

test('a changed blob is told by its ETag', async (t) => {
  const { blob, etag } = await uploaded(t);
  await blob.upload('changed', 7, { conditions: { ifMatch: etag } });
  const conditions = { ifMatch: etag };

  await support.assertRefused(blob.upload('again', 5, { conditions }), 412, 'ConditionNotMet');
  await support.assertRefused(blob.download(0, 1, { conditions }), 412, 'ConditionNotMet');
  await support.assertRefused(blob.getProperties({ conditions }), 412, 'ConditionNotMet');
  await support.assertRefused(blob.setMetadata({ a: 'b' }, { conditions }), 412, 'ConditionNotMet');
  await support.assertRefused(blob.setHTTPHeaders({}, { conditions }), 412, 'ConditionNotMet');
  await support.assertRefused(blob.delete({ conditions }), 412, 'ConditionNotMet');
  assert.equal((await support.readBack(blob)).toString(), 'changed');
});

test('an unchanged blob is not sent again', async (t) => {
  const { blob, etag } = await uploaded(t);
  const { lastModified } = await blob.getProperties();
  const notModified = (conditions) =>
    assert.rejects(blob.download(0, undefined, { conditions }), { statusCode: 304 });

  await notModified({ ifNoneMatch: etag });
  await notModified({ ifModifiedSince: lastModified });
  const answer = await blob.download(0, undefined, { conditions: { ifNoneMatch: '"0x8D0000000000000"' } });

  assert.equal((await support.readStream(answer.readableStreamBody)).toString(), 'content');
});

test('dates are conditions too', async (t) => {
  const { blob } = await uploaded(t);
  const { lastModified } = await blob.getProperties();
  const before = new Date(lastModified.getTime() - 60_000);
  const read = (conditions) => blob.download(0, 1, { conditions });
  const remove = (conditions) => blob.delete({ conditions });

  await support.assertRefused(read({ ifUnmodifiedSince: before }), 412, 'ConditionNotMet');
  await support.assertRefused(remove({ ifUnmodifiedSince: before }), 412, 'ConditionNotMet');
  await support.assertRefused(remove({ ifModifiedSince: lastModified }), 412, 'ConditionNotMet');
  await read({ ifModifiedSince: before });
  await remove({ ifUnmodifiedSince: lastModified });

  assert.equal(await blob.exists(), false);
});

test('a deleted blob is gone', async (t) => {
  const { blob } = await uploaded(t);

  await blob.delete();

  assert.equal(await blob.exists(), false);
  await support.assertRefused(blob.download(), 404, 'BlobNotFound');
  await support.assertRefused(blob.getProperties(), 404, 'BlobNotFound');
  await support.assertRefused(blob.setMetadata({}), 404, 'BlobNotFound');
  await support.assertRefused(blob.getBlockList('all'), 404, 'BlobNotFound');
  await support.assertRefused(blob.delete(), 404, 'BlobNotFound');
  assert.equal((await blob.deleteIfExists()).succeeded, false);
});
