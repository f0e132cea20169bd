// The account in the path, or in the host name as in the cloud.
import assert from 'node:assert/strict';
import dns from 'node:dns';
import { test } from 'node:test';
import {
  BlobSASPermissions,
  BlobServiceClient,
  BlockBlobClient,
  generateBlobSASQueryParameters,
} from '@azure/storage-blob';
import * as support from './support.mjs';

const port = new URL(support.blobUrl).port;

// Browsers take *.localhost for loopback by themselves; here it is up to the system, which may not.
const lookup = dns.lookup;
dns.lookup = (name, ...rest) => lookup(name.endsWith('.localhost') ? '127.0.0.1' : name, ...rest);

const hosts = {
  'path style': `http://127.0.0.1:${port}/${support.account}`,
  'path style with a name': `http://localhost:${port}/${support.account}`,
  'host style': `http://${support.account}.blob.localhost:${port}`,
};

for (const [style, url] of Object.entries(hosts)) {
  test(`${style}, signed with the key`, async (t) => {
    const service = new BlobServiceClient(url, support.credential, support.once);
    const container = service.getContainerClient(support.newName('host'));
    t.after(() => container.deleteIfExists());

    await container.create();
    const blob = container.getBlockBlobClient('a/b c.txt');
    await blob.uploadData(Buffer.from('content'), { maxSingleShotSize: 1 });

    assert.equal((await support.all(container.listBlobsFlat()))[0].name, 'a/b c.txt');
    assert.equal((await support.readBack(blob)).toString(), 'content');
    const listed = await support.all(service.listContainers({ prefix: container.containerName }));
    assert.equal(listed.length, 1);
  });

  test(`${style}, with a signature in the URL`, async (t) => {
    const { containerName } = await support.newContainer(t);
    const query = generateBlobSASQueryParameters(
      {
        containerName,
        blobName: 'x',
        permissions: BlobSASPermissions.parse('rcw'),
        expiresOn: support.inOneHour(),
      },
      support.credential);
    const blob = new BlockBlobClient(`${url}/${containerName}/x?${query}`, undefined, support.once);

    await blob.upload('content', 7);

    assert.equal((await support.readBack(blob)).toString(), 'content');
  });
}
