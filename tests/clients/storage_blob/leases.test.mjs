import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomUUID } from 'node:crypto';
import * as support from './support.mjs';

// Other tests share the clock, and do not mind some seconds.
async function advance(seconds) {
  const answer = await fetch(`${support.emulatorUrl}/__admin/clock`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ action: 'advance', durationMillis: seconds * 1000 }),
  });
  assert.equal(answer.status, 200);
}

async function newBlob(t) {
  const container = await support.newContainer(t);
  const blob = container.getBlockBlobClient('clip.mp4');
  await blob.upload('hello', 5);
  return { container, blob };
}

async function assertLease(resource, state, status, duration) {
  const { leaseState, leaseStatus, leaseDuration } = await resource.getProperties();
  assert.deepEqual([leaseState, leaseStatus, leaseDuration], [state, status, duration]);
}

// What can be leased, by name.
const resources = {
  blob: async (t) => (await newBlob(t)).blob,
  container: async (t) => support.newContainer(t),
};

for (const [name, make] of Object.entries(resources)) {
  test(`a lease of a ${name} is acquired, changed, renewed and released`, async (t) => {
    const resource = await make(t);
    const lease = resource.getBlobLeaseClient();
    const next = randomUUID();

    const acquired = await lease.acquireLease(-1);
    assert.equal(acquired.leaseId, lease.leaseId);
    await assertLease(resource, 'leased', 'locked', 'infinite');
    assert.equal((await lease.changeLease(next)).leaseId, next);
    await lease.renewLease();
    await lease.releaseLease();

    await assertLease(resource, 'available', 'unlocked', undefined);
  });

  test(`a lease of a ${name} expires with the clock of the emulator`, async (t) => {
    const resource = await make(t);
    const lease = resource.getBlobLeaseClient();
    await lease.acquireLease(15);
    await assertLease(resource, 'leased', 'locked', 'fixed');

    await advance(16);
    await assertLease(resource, 'expired', 'unlocked', undefined);

    await lease.renewLease();
    await assertLease(resource, 'leased', 'locked', 'fixed');
    await lease.releaseLease();
  });

  test(`a broken lease of a ${name} ends after the period`, async (t) => {
    const resource = await make(t);
    const lease = resource.getBlobLeaseClient();
    await lease.acquireLease(60);

    assert.ok((await lease.breakLease(5)).leaseTime <= 5);
    await assertLease(resource, 'breaking', 'locked', undefined);
    await support.assertRefused(lease.renewLease(), 409, 'LeaseIsBrokenAndCannotBeRenewed');
    await advance(5);

    await assertLease(resource, 'broken', 'unlocked', undefined);
    assert.equal((await lease.breakLease(5)).leaseTime, 0);
  });

  test(`the id of a lease of a ${name} may have any form of a GUID`, async (t) => {
    const resource = await make(t);
    for (const id of ['ca761232ed4211cebacd00aa0057b223', '{ca761232-ed42-11ce-bacd-00aa0057b223}',
      '{0xca761232,0xed42,0x11ce,{0xba,0xcd,0x00,0xaa,0x00,0x57,0xb2,0x23}}']) {
      const lease = resource.getBlobLeaseClient(id);
      assert.equal((await lease.acquireLease(15)).leaseId, id);
      await lease.releaseLease();
    }

    await support.assertRefused(
      resource.getBlobLeaseClient('no-guid').acquireLease(15), 400, 'InvalidHeaderValue');
  });
}

test('a leased blob is written and deleted by its holder alone', async (t) => {
  const { blob } = await newBlob(t);
  const { leaseId } = await blob.getBlobLeaseClient().acquireLease(-1);
  const conditions = { leaseId };

  await support.assertRefused(blob.upload('other', 5), 412, 'LeaseIdMissing');
  await support.assertRefused(
    blob.upload('other', 5, { conditions: { leaseId: randomUUID() } }),
    412, 'LeaseIdMismatchWithBlobOperation');
  await blob.upload('world', 5, { conditions });
  await blob.stageBlock(support.blockId(1), 'block', 5, { conditions });
  await blob.commitBlockList([support.blockId(1)], { conditions });
  await blob.setMetadata({ a: 'b' }, { conditions });
  assert.equal((await support.readBack(blob)).toString(), 'block');

  await support.assertRefused(blob.delete(), 412, 'LeaseIdMissing');
  await blob.delete({ conditions });
});

test('a read that names a lease wants exactly that one', async (t) => {
  const { blob } = await newBlob(t);
  const stranger = { conditions: { leaseId: randomUUID() } };
  await support.assertRefused(
    blob.download(0, undefined, stranger), 412, 'LeaseNotPresentWithBlobOperation');

  const { leaseId } = await blob.getBlobLeaseClient().acquireLease(15);

  await blob.download(0, undefined, { conditions: { leaseId } });
  await support.assertRefused(
    blob.download(0, undefined, stranger), 412, 'LeaseIdMismatchWithBlobOperation');
  await advance(15);
  await support.assertRefused(
    blob.download(0, undefined, { conditions: { leaseId } }), 412, 'LeaseLost');
});

test('a leased container is deleted by its holder alone', async (t) => {
  const { container, blob } = await newBlob(t);
  const { leaseId } = await container.getBlobLeaseClient().acquireLease(-1);

  await support.assertRefused(container.delete(), 412, 'LeaseIdMissing');
  await blob.upload('its blobs are free', 18);
  await container.delete({ conditions: { leaseId } });
});

test('lists tell leases', async (t) => {
  const { container, blob } = await newBlob(t);
  const lease = container.getBlobLeaseClient();
  await lease.acquireLease(15);
  await blob.getBlobLeaseClient().acquireLease(-1);

  const [listed] = await support.all(container.listBlobsFlat());
  assert.equal(listed.properties.leaseState, 'leased');
  assert.equal(listed.properties.leaseDuration, 'infinite');
  const [own] = await support.all(
    support.service.listContainers({ prefix: container.containerName }));
  assert.equal(own.properties.leaseState, 'leased');
  assert.equal(own.properties.leaseDuration, 'fixed');
  await lease.releaseLease();
});
