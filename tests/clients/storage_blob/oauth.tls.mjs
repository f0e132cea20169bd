// Tokens, user delegation keys and signatures made with them. Needs HTTPS and --oauth basic.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BlobSASPermissions,
  BlobServiceClient,
  ContainerClient,
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
} from '@azure/storage-blob';
import { account, all, assertRefused, blobUrl, credential, inOneHour, newName, once, readBack } from './support.mjs';

const MINUTE = 60_000;
const minutesFromNow = (minutes) => new Date(Date.now() + minutes * MINUTE);

const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
const seconds = (date) => Math.floor(date.getTime() / 1000);

// A token whose signature nobody could verify.
function newToken(claims) {
  const defaults = {
    iss: 'https://sts.windows.net/dd0d0df1-06c3-436c-8034-4b9a153097ce/',
    aud: 'https://storage.azure.com',
    nbf: seconds(minutesFromNow(-5)),
    exp: seconds(minutesFromNow(60)),
    oid: '23657296-5cd5-45b0-a809-d972a7f4dfe1',
    tid: 'dd0d0df1-06c3-436c-8034-4b9a153097ce',
  };
  return `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ ...defaults, ...claims })}.c2lnbmF0dXJl`;
}

function serviceWith(claims = {}) {
  const token = { token: newToken(claims), expiresOnTimestamp: inOneHour().getTime() };
  return new BlobServiceClient(blobUrl, { getToken: async () => token }, once);
}

const service = serviceWith();

async function newContainer(t) {
  const container = service.getContainerClient(newName('oauth'));
  await container.create();
  t.after(() => container.deleteIfExists());
  return container;
}

test('a token permits containers and blobs', async (t) => {
  const container = await newContainer(t);
  const blob = container.getBlockBlobClient('a');

  await blob.upload('bytes', 5);

  assert.equal(String(await readBack(blob)), 'bytes');
  assert.deepEqual((await all(container.listBlobsFlat())).map(({ name }) => name), ['a']);
  await blob.delete();
});

test('a token permits a batch', async (t) => {
  const container = await newContainer(t);
  const blob = container.getBlockBlobClient('a');
  await blob.upload('bytes', 5);

  const { subResponsesSucceededCount } = await service.getBlobBatchClient().deleteBlobs([blob]);

  assert.equal(subResponsesSucceededCount, 1);
});

for (const [name, claims, detail] of [
  ['issuer', { iss: 'https://other/' }, 'issuer'],
  ['audience', { aud: 'https://other.blob.core.windows.net' }, 'audience'],
  ['start', { nbf: seconds(minutesFromNow(5)) }, 'Lifetime'],
  ['expiry', { exp: seconds(minutesFromNow(-1)) }, 'expired'],
]) {
  test(`a token with another ${name} is rejected`, async () => {
    const container = serviceWith(claims).getContainerClient(newName('oauth'));

    const error = await assertRefused(container.create(), 401, 'InvalidAuthenticationInfo');

    assert.match(error.message, /Server failed to authenticate the request\./);
    assert.match(error.response.bodyAsText, new RegExp(`<AuthenticationErrorDetail>.*${detail}`));
  });
}

test('a token does not permit the policies of a container', async (t) => {
  const container = await newContainer(t);

  await assertRefused(container.getAccessPolicy(), 403, 'AuthenticationFailed');
  await assertRefused(container.setAccessPolicy('container'), 403, 'AuthenticationFailed');
});

for (const version of ['2018-11-09', '2020-02-10', '2020-12-06', '2025-05-05']) {
  test(`a user delegation key signs for a container and for a blob at ${version}`, async (t) => {
    const container = await newContainer(t);
    const key = await service.getUserDelegationKey(minutesFromNow(-10), minutesFromNow(30));
    const sign = (values) =>
      generateBlobSASQueryParameters(
        { containerName: container.containerName, expiresOn: inOneHour(), version, ...values },
        key,
        account,
      );
    const ofContainer = new ContainerClient(
      `${container.url}?${sign({ permissions: ContainerSASPermissions.parse('racwdl') })}`,
      undefined,
      once,
    );
    await ofContainer.getBlockBlobClient('a').upload('bytes', 5);
    assert.equal((await all(ofContainer.listBlobsFlat())).length, 1);
    await assertRefused(ofContainer.getProperties(), 403, 'AuthorizationFailure');

    const reading = sign({ blobName: 'a', permissions: BlobSASPermissions.parse('r') });
    const ofBlob = new ContainerClient(`${container.url}?${reading}`, undefined, once).getBlockBlobClient('a');
    assert.equal(String(await readBack(ofBlob)), 'bytes');
    await assertRefused(ofBlob.delete(), 403, 'AuthorizationPermissionMismatch');
  });
}

test('a signature is valid as long as its key', async (t) => {
  const container = await newContainer(t);
  for (const [starts, expires] of [[20, 60], [-60, -1]]) {
    const key = await service.getUserDelegationKey(minutesFromNow(starts), minutesFromNow(expires));
    const values = {
      containerName: container.containerName,
      expiresOn: inOneHour(),
      permissions: ContainerSASPermissions.parse('racwdl'),
    };
    const sas = generateBlobSASQueryParameters(values, key, account);

    await assertRefused(all(new ContainerClient(`${container.url}?${sas}`).listBlobsFlat()), 403, 'AuthenticationFailed');
  }
});

test('the key of the account gets no user delegation key', async () => {
  const byKey = new BlobServiceClient(blobUrl, credential, once);

  await assertRefused(byKey.getUserDelegationKey(new Date(), inOneHour()), 403, 'AuthenticationFailed');
});

test('a copy at once reads its source with a token', async (t) => {
  const container = await newContainer(t);
  const source = container.getBlockBlobClient('source');
  await source.upload('bytes', 5);
  const copy = container.getBlockBlobClient('copy');

  await copy.syncCopyFromURL(source.url, { sourceAuthorization: { scheme: 'Bearer', value: newToken() } });

  assert.equal(String(await readBack(copy)), 'bytes');
});
