import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContainerClient } from '@azure/storage-blob';
import * as support from './support.mjs';

test('a container is created once', async (t) => {
  const container = support.service.getContainerClient(support.newName('once'));
  t.after(() => container.deleteIfExists());
  assert.equal(await container.exists(), false);

  const created = await container.create({ metadata: { show: 'evening' } });

  assert.equal(await container.exists(), true);
  await support.assertRefused(container.create(), 409, 'ContainerAlreadyExists');
  assert.equal((await container.createIfNotExists()).succeeded, false);
  const properties = await container.getProperties();
  assert.equal(properties.etag, created.etag);
  assert.deepEqual(properties.metadata, { show: 'evening' });
});

test('a deleted container is gone with its blobs', async (t) => {
  const container = await support.newContainer(t);
  const blob = container.getBlockBlobClient('clip.mp4');
  await blob.upload('x', 1);

  await container.delete();

  assert.equal(await container.exists(), false);
  await support.assertRefused(container.getProperties(), 404, 'ContainerNotFound');
  await support.assertRefused(container.delete(), 404, 'ContainerNotFound');
  await support.assertRefused(blob.download(), 404, 'ContainerNotFound');
  await support.assertRefused(blob.upload('x', 1), 404, 'ContainerNotFound');
  await support.assertRefused(blob.stageBlock(support.blockId(1), 'x', 1), 404, 'ContainerNotFound');
});

for (const name of ['Upper', 'ab', 'two--hyphens', '-first', 'under_score']) {
  test(`no container is named ${name}`, async () => {
    const container = support.service.getContainerClient(name);
    // The service has a code of its own for names of a wrong length.
    const code = name.length < 3 ? 'OutOfRangeInput' : 'InvalidResourceName';

    await support.assertRefused(container.create(), 400, code);
  });
}

test('access policies are kept as they were set', async (t) => {
  const container = await support.newContainer(t);
  const policies = [
    {
      id: 'upload',
      accessPolicy: {
        startsOn: new Date('2024-06-30T12:00:00.000Z'),
        expiresOn: new Date('2044-06-30T12:00:00.000Z'),
        permissions: 'rw',
      },
    },
    { id: 'look <&> "see"', accessPolicy: { permissions: 'rl' } },
  ];

  await container.setAccessPolicy(undefined, policies);

  const { signedIdentifiers, blobPublicAccess } = await container.getAccessPolicy();
  assert.equal(blobPublicAccess, undefined);
  assert.deepEqual(
    signedIdentifiers.map(({ id, accessPolicy }) => [id, accessPolicy.permissions]),
    [['upload', 'rw'], ['look <&> "see"', 'rl']]);
  assert.deepEqual(signedIdentifiers[0].accessPolicy.startsOn, policies[0].accessPolicy.startsOn);
  assert.deepEqual(signedIdentifiers[0].accessPolicy.expiresOn, policies[0].accessPolicy.expiresOn);
  await container.setAccessPolicy(undefined, []);
  assert.deepEqual((await container.getAccessPolicy()).signedIdentifiers, []);
});

test('a container takes five policies', async (t) => {
  const container = await support.newContainer(t);
  const policy = (_, i) => ({ id: `p${i}`, accessPolicy: { permissions: 'r' } });
  const policies = (count) => Array.from({ length: count }, policy);

  await container.setAccessPolicy(undefined, policies(5));

  await assert.rejects(container.setAccessPolicy(undefined, policies(6)), { statusCode: 400 });
  assert.equal((await container.getAccessPolicy()).signedIdentifiers.length, 5);
});

test('CORS rules are kept as they were set', async (t) => {
  const before = await support.service.getProperties();
  t.after(() => support.service.setProperties({ cors: before.cors }));
  const cors = [
    {
      allowedOrigins: 'https://one.example,https://two.example',
      allowedMethods: 'PUT,GET',
      allowedHeaders: 'x-ms-*,content-type',
      exposedHeaders: 'etag',
      maxAgeInSeconds: 60,
    },
    {
      allowedOrigins: '*',
      allowedMethods: 'GET',
      allowedHeaders: '',
      exposedHeaders: '',
      maxAgeInSeconds: 0,
    },
  ];

  await support.service.setProperties({ cors });

  const rules = (await support.service.getProperties()).cors;
  assert.deepEqual(rules.map((rule) => ({ ...cors[1], ...rule })), cors);
  await support.service.setProperties({ cors: [] });
  assert.deepEqual((await support.service.getProperties()).cors ?? [], []);
});

test('nobody reads without a signature', async (t) => {
  const container = await support.newContainer(t);
  await container.getBlockBlobClient('clip.mp4').upload('x', 1);
  const anonymous = new ContainerClient(container.url, undefined, support.once);

  for (const attempt of [
    () => anonymous.getBlobClient('clip.mp4').download(),
    () => anonymous.getBlockBlobClient('clip.mp4').upload('y', 1),
    () => support.all(anonymous.listBlobsFlat()),
  ]) {
    const error = await attempt().then(() => assert.fail('not refused'), (refusal) => refusal);
    assert.ok([401, 403, 404, 409].includes(error.statusCode), `${error.statusCode}`);
    assert.ok(error.code);
  }
});

test('what is not served is refused with a code of the service', async (t) => {
  const container = await support.newContainer(t);
  const blob = container.getBlockBlobClient('clip.mp4');
  await blob.upload('x', 1);

  const error = await blob.query('SELECT * FROM BlobStorage')
    .then(() => assert.fail('not refused'), (refusal) => refusal);

  assert.ok(error.statusCode >= 400 && error.statusCode <= 501, `${error.statusCode}`);
  assert.ok(error.response.headers.get('x-ms-error-code'), error.message);
  assert.equal((await support.readBack(blob)).toString(), 'x');
});
