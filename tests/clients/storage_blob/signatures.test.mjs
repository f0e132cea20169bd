import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AccountSASPermissions,
  BlobSASPermissions,
  BlobServiceClient,
  BlockBlobClient,
  ContainerClient,
  ContainerSASPermissions,
  SASProtocol,
  StorageSharedKeyCredential,
  generateAccountSASQueryParameters,
  generateBlobSASQueryParameters,
} from '@azure/storage-blob';
import * as support from './support.mjs';
import { inOneHour } from './support.mjs';

const sign = (values) => generateBlobSASQueryParameters(values, support.credential).toString();
const signed = (container, values) =>
  new ContainerClient(
    `${container.url}?${sign({ containerName: container.containerName, ...values })}`,
    undefined,
    support.once,
  );
const forAll = (container, values = {}) =>
  signed(container, {
    permissions: ContainerSASPermissions.parse('racwdl'),
    expiresOn: inOneHour(),
    ...values,
  });
const detail = (error) => /<AuthenticationErrorDetail>([^]*)<\//.exec(error.response.bodyAsText)?.[1];

for (const version of ['2015-04-05', '2018-11-09', '2020-08-04', '2020-12-06', undefined]) {
  test(`a container's signature of version ${version ?? 'latest'}`, async (t) => {
    const container = forAll(await support.newContainer(t), { version });
    const blob = container.getBlockBlobClient('folder/clip 1.mp4');
    const data = support.bytes(100_000);

    await blob.uploadData(data, { blockSize: 30_000, maxSingleShotSize: 1 });

    support.assertSameBytes(await support.readBack(blob), data);
    assert.equal((await support.all(container.listBlobsFlat())).length, 1);
    await blob.delete();
  });
}

test("a blob's signature is good for that blob alone", async (t) => {
  const container = await support.newContainer(t);
  const query = sign({
    containerName: container.containerName,
    blobName: 'mine +%.mp4',
    permissions: BlobSASPermissions.parse('rw'),
    expiresOn: inOneHour(),
    contentType: 'video/x-override',
    contentDisposition: 'inline',
  });
  const client = (name) =>
    new BlockBlobClient(`${container.getBlobClient(name).url}?${query}`, undefined, support.once);

  await client('mine +%.mp4').upload('x', 1);

  const answer = await client('mine +%.mp4').download();
  assert.equal((await support.readStream(answer.readableStreamBody)).toString(), 'x');
  assert.equal(answer.contentType, 'video/x-override');
  assert.equal(answer.contentDisposition, 'inline');
  await support.assertRefused(client('other.mp4').upload('x', 1), 403, 'AuthenticationFailed');
  await support.assertRefused(client('mine +%.mp4').delete(), 403, 'AuthorizationPermissionMismatch');
});

test('a stored policy gives what the signature leaves out, until it is gone', async (t) => {
  const container = await support.newContainer(t);
  const accessPolicy = { startsOn: new Date(0), expiresOn: inOneHour(), permissions: 'rw' };
  await container.setAccessPolicy(undefined, [{ id: 'upload', accessPolicy }]);
  const client = signed(container, { identifier: 'upload' }).getBlockBlobClient('clip.mp4');

  await client.upload('x', 1);

  assert.equal((await support.readBack(client)).toString(), 'x');
  await support.assertRefused(client.delete(), 403, 'AuthorizationPermissionMismatch');
  await container.setAccessPolicy(undefined, []);
  const error = await support.assertRefused(client.upload('y', 1), 403, 'AuthenticationFailed');
  assert.match(detail(error), /SAS identifier cannot be found/);
});

test('what is given twice, by policy and signature, is refused', async (t) => {
  const container = await support.newContainer(t);
  const accessPolicy = { expiresOn: inOneHour(), permissions: 'rw' };
  await container.setAccessPolicy(undefined, [{ id: 'upload', accessPolicy }]);
  const client = signed(container, { identifier: 'upload', expiresOn: inOneHour() });

  const error = await support.assertRefused(
    client.getBlockBlobClient('x').upload('x', 1), 403, 'AuthenticationFailed');

  assert.match(detail(error), /but not both/);
});

test('dates, protocol and address of a signature are held to', async (t) => {
  const container = await support.newContainer(t);
  const attempt = (values) => forAll(container, values).getBlockBlobClient('x').upload('x', 1);
  const hourAgo = new Date(Date.now() - 3600_000);

  const late = await support.assertRefused(attempt({ expiresOn: hourAgo }), 403, 'AuthenticationFailed');
  const notYet = { startsOn: inOneHour(), expiresOn: new Date(Date.now() + 7200_000) };
  const early = await support.assertRefused(attempt(notYet), 403, 'AuthenticationFailed');

  assert.match(detail(late), /Signature not valid in the specified time frame/);
  assert.match(detail(early), /Signature not valid in the specified time frame/);
  const https = { protocol: SASProtocol.Https };
  await support.assertRefused(attempt(https), 403, 'AuthorizationProtocolMismatch');
  const elsewhere = { ipRange: { start: '198.51.100.1', end: '198.51.100.9' } };
  await support.assertRefused(attempt(elsewhere), 403, 'AuthorizationSourceIPMismatch');
  const here = { start: '127.0.0.0', end: '127.0.0.9' };
  await attempt({ protocol: SASProtocol.HttpsAndHttp, ipRange: here });
});

const account = (values = {}) =>
  new BlobServiceClient(
    `${support.blobUrl}?${generateAccountSASQueryParameters(
      {
        expiresOn: inOneHour(),
        permissions: AccountSASPermissions.parse('rwdlac'),
        resourceTypes: 'sco',
        services: 'b',
        ...values,
      },
      support.credential,
    )}`,
    undefined,
    support.once,
  );

for (const version of ['2018-11-09', '2020-12-06', undefined]) {
  test(`an account's signature of version ${version ?? 'latest'}`, async () => {
    const service = account({ version });
    const container = service.getContainerClient(support.newName('account'));

    await container.create();
    await container.getBlockBlobClient('x').upload('x', 1);

    const listed = await support.all(service.listContainers({ prefix: container.containerName }));
    assert.equal(listed.length, 1);
    assert.equal((await support.readBack(container.getBlobClient('x'))).toString(), 'x');
    await container.delete();
  });
}

test("an account's signature is held to what it names", async (t) => {
  const { containerName } = await support.newContainer(t);
  const upload = (values) =>
    account(values).getContainerClient(containerName).getBlockBlobClient('x').upload('x', 1);

  const readOnly = { permissions: AccountSASPermissions.parse('rl') };
  await support.assertRefused(upload(readOnly), 403, 'AuthorizationPermissionMismatch');
  await support.assertRefused(upload({ resourceTypes: 'sc' }), 403, 'AuthorizationResourceTypeMismatch');
  await support.assertRefused(upload({ services: 'qt' }), 403, 'AuthorizationServiceMismatch');
  await upload({ resourceTypes: 'o' });
});

test('another key is refused, and told what would have been signed', async () => {
  const wrong = Buffer.alloc(64).toString('base64');
  const service = new BlobServiceClient(
    support.blobUrl, new StorageSharedKeyCredential(support.account, wrong), support.once);

  const error = await support.assertRefused(service.getProperties(), 403, 'AuthenticationFailed');

  assert.match(error.response.bodyAsText, /comp:properties\nrestype:service/);
});
