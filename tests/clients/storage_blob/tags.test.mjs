import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomUUID } from 'node:crypto';
import * as support from './support.mjs';

// A blob with a tag that no other test uses.
async function newTaggedBlob(t) {
  const container = await support.newContainer(t);
  const blob = container.getBlockBlobClient('a.mp4');
  const run = randomUUID();
  await blob.upload('x', 1, { tags: { run, 'take no': '1' } });
  return { container, blob, run };
}

test('tags come back as they were set', async (t) => {
  const { blob, run } = await newTaggedBlob(t);
  assert.deepEqual((await blob.getTags()).tags, { run, 'take no': '1' });

  await blob.setTags({ 'a+b': 'c/d' });

  assert.deepEqual((await blob.getTags()).tags, { 'a+b': 'c/d' });
  assert.equal((await blob.getProperties()).tagCount, 1);
});

test('blobs are found by tags in the account and in the container', async (t) => {
  const { container, blob, run } = await newTaggedBlob(t);
  await container.getBlockBlobClient('b.mp4').upload('x', 1, { tags: { run, 'take no': '2' } });

  const found = await support.all(
    support.service.findBlobsByTags(`run='${run}' AND "take no" > '1'`));
  assert.deepEqual(found.map(({ name }) => name), ['b.mp4']);
  assert.deepEqual(found[0].tags, { run, 'take no': '2' });

  const pages = await support.all(
    container.findBlobsByTags(`run='${run}'`).byPage({ maxPageSize: 1 }));
  assert.deepEqual(pages.map((page) => page.blobs[0]?.name), [blob.name, 'b.mp4']);
});

test('conditions on tags keep writes out', async (t) => {
  const { blob, run } = await newTaggedBlob(t);
  const conditions = (value) => ({ conditions: { tagConditions: `run = '${value}'` } });

  await support.assertRefused(blob.upload('y', 1, conditions('other')), 412, 'ConditionNotMet');
  await blob.upload('y', 1, conditions(run));
});

test('lists have tags if they are wanted', async (t) => {
  const { container, run } = await newTaggedBlob(t);

  const [listed] = await support.all(container.listBlobsFlat({ includeTags: true }));

  assert.deepEqual(listed.tags, { run, 'take no': '1' });
});
