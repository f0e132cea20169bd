import { createHmac } from 'node:crypto';

const account = 'devstoreaccount1';
const key =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

// Set Blob Service Properties, signed with the account's key: `origin` is the only one that may upload.
export async function allowOnly(blobUrl, origin) {
  const body =
    '<?xml version="1.0" encoding="utf-8"?><StorageServiceProperties><Cors><CorsRule>' +
    `<AllowedOrigins>${origin}</AllowedOrigins><AllowedMethods>GET,PUT</AllowedMethods>` +
    '<AllowedHeaders>*</AllowedHeaders><ExposedHeaders>ETag</ExposedHeaders>' +
    '<MaxAgeInSeconds>0</MaxAgeInSeconds></CorsRule></Cors></StorageServiceProperties>';
  const type = 'application/xml';
  const headers = { 'x-ms-date': new Date().toUTCString(), 'x-ms-version': '2021-12-02' };
  const signed = [
    ...['PUT', '', '', body.length, '', type, '', '', '', '', '', ''],
    ...Object.entries(headers).map(([name, value]) => `${name}:${value}`),
    `/${account}${new URL(blobUrl).pathname}/`,
    'comp:properties',
    'restype:service',
  ].join('\n');
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(signed).digest('base64');

  const answer = await fetch(`${blobUrl}/?restype=service&comp=properties`, {
    method: 'PUT',
    headers: { ...headers, 'Content-Type': type, Authorization: `SharedKey ${account}:${signature}` },
    body,
  });
  if (answer.status !== 202) throw new Error(`CORS rules: ${answer.status} ${await answer.text()}`);
}
