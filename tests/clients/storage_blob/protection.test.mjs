import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as support from './support.mjs';

const code = (attempt) => attempt.then(() => assert.fail('not rejected'), (error) => error.code);

async function newBlob(t, options = {}) {
  const container = await support.newContainer(t);
  const blob = container.getBlockBlobClient('clip.mp4');
  await blob.upload('hello', 5, options);
  return { container, blob };
}

test('an immutability policy rejects writes until it is removed', async (t) => {
  const { container, blob } = await newBlob(t);
  const until = new Date(Math.floor(support.inOneHour() / 1000) * 1000);

  const set = await blob.setImmutabilityPolicy({ expiriesOn: until, policyMode: 'Unlocked' });

  assert.deepEqual(set.immutabilityPolicyExpiry, until);
  assert.equal(set.immutabilityPolicyMode, 'unlocked');
  assert.deepEqual((await blob.getProperties()).immutabilityPolicyExpiresOn, until);
  const [listed] = await support.all(container.listBlobsFlat({ includeImmutabilityPolicy: true }));
  assert.equal(listed.properties.immutabilityPolicyMode, 'unlocked');
  assert.equal(await code(blob.delete()), 'BlobImmutableDueToPolicy');
  await blob.deleteImmutabilityPolicy();
  await blob.delete();
});

test('a legal hold rejects writes until it is cleared', async (t) => {
  const { container, blob } = await newBlob(t, { legalHold: true });

  assert.equal((await blob.getProperties()).legalHold, true);
  const [listed] = await support.all(container.listBlobsFlat({ includeLegalHold: true }));
  assert.equal(listed.properties.legalHold, true);
  assert.equal(await code(blob.upload('other', 5)), 'BlobImmutableDueToLegalHold');
  assert.equal((await blob.setLegalHold(false)).legalHold, false);
  await blob.delete();
});

test('a blob has its encryption scope, or that of its container', async (t) => {
  const { blob } = await newBlob(t, { encryptionScope: 'finance' });
  assert.equal((await blob.getProperties()).encryptionScope, 'finance');

  const container = support.service.getContainerClient(support.newName('scoped'));
  await container.create({
    containerEncryptionScope: {
      defaultEncryptionScope: 'legal', preventEncryptionScopeOverride: true,
    },
  });
  t.after(() => container.delete());
  assert.equal((await container.getProperties()).defaultEncryptionScope, 'legal');
  const scoped = container.getBlockBlobClient('clip.mp4');
  assert.equal((await scoped.upload('hello', 5)).encryptionScope, 'legal');
  assert.equal(await code(scoped.upload('hello', 5, { encryptionScope: 'finance' })),
    'RequestForbiddenByContainerEncryptionPolicy');
});
