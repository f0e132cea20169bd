// What the tests share: clients of the endpoint under test, bytes to upload, the form of a refusal.
import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';

export const KiB = 1024;
export const MiB = 1024 * KiB;

export const account = 'devstoreaccount1';
export const key =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
export const credential = new StorageSharedKeyCredential(account, key);

// The connector's API, and the blob endpoint with the account in its path.
export const emulatorUrl = process.env.MSC_EMULATOR_URL;
export const blobUrl = process.env.MSC_EMULATOR_BLOB_URL;

// A fault of the endpoint is to be seen, not to be retried away.
export const once = { retryOptions: { maxTries: 1 } };

// The string that the documentation shows, with this emulator's address.
export const service = BlobServiceClient.fromConnectionString(
  readFileSync('connection_string.txt', 'utf8').trim().replace(/BlobEndpoint=[^;]*/, `BlobEndpoint=${blobUrl}`),
  once,
);

export const newName = (prefix) => `${prefix}-${randomUUID()}`;

// A new container, deleted after the test.
export async function newContainer(t, name = newName('container')) {
  const container = service.getContainerClient(name);
  await container.create();
  t.after(() => container.deleteIfExists());
  return container;
}

export const bytes = (size) => randomBytes(size);

export const sha256 = (data) => createHash('sha256').update(data).digest('hex');

export const md5 = (data) => createHash('md5').update(data).digest();

export const blockId = (number) => Buffer.from(String(number).padStart(6, '0')).toString('base64');

export const inOneHour = () => new Date(Date.now() + 3600_000);

// Compares without printing megabytes where they differ.
export function assertSameBytes(actual, expected) {
  assert.equal(actual.length, expected.length);
  assert.equal(sha256(actual), sha256(expected));
}

export const readBack = (blob) => blob.downloadToBuffer();

export async function readStream(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

// Expects the SDK to report this status and the service's code for it.
export async function assertRefused(promise, status, code) {
  const error = await promise.then(
    () => assert.fail(`not refused; expected ${status} ${code}`),
    (refusal) => refusal,
  );
  const answered = error.response?.headers.get('x-ms-error-code') ?? error.code;
  assert.equal(`${error.statusCode} ${answered}`, `${status} ${code}`, error.message);
  return error;
}

// In the order that the service gave.
export async function all(iterator) {
  const items = [];
  for await (const item of iterator) items.push(item);
  return items;
}
