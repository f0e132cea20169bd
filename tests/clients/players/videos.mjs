// Videos of the emulator at $MSC_EMULATOR_URL.
import { readFile } from 'node:fs/promises';

const emulatorUrl = process.env.MSC_EMULATOR_URL;
const adminUrl = `${emulatorUrl}/__admin`;

async function ask(url, options = {}) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

const post = (url, body) =>
  ask(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

// Uploads a file; resolves when the video can be played. `members`: of the JSON of the video.
export async function newPlayable(file, members = {}) {
  const created = await post(`${emulatorUrl}/api/Videos`, { OriginalFileName: 'clip.mp4', ...members });
  const video = await created.json();
  const headers = { 'x-ms-blob-type': 'BlockBlob' };
  await ask(video.UploadUri, { method: 'PUT', headers, body: await readFile(file) });
  await post(`${emulatorUrl}/api/Videos/${video.Id}/MarkComplete`, {});
  await post(`${adminUrl}/videos/${video.Id}/wait`, { state: 'Completed', timeoutMillis: 120_000 });
  const { media } = await (await ask(`${adminUrl}/videos/${video.Id}`)).json();
  if (media.state !== 'ready') throw new Error(`there is nothing to play: ${JSON.stringify(media)}`);
  return video;
}

export async function playbackUrl({ Id }, type) {
  const url = `${emulatorUrl}/api/Videos/${Id}/PlaybackEndpoint?endpointType=${type}`;
  return (await (await ask(url)).json()).PlaybackUrl;
}

// "Bearer=urn%3a…"
export async function newToken({ Id, ContentProtectionKeyId }) {
  const url = `${emulatorUrl}/api/Videos/${Id}/AuthorizationToken?KeyId=${ContentProtectionKeyId}`;
  return (await (await ask(url)).json()).value;
}

// The requests for keys since the last call: {url, status}.
export async function takeKeyRequests() {
  const found = await post(`${adminUrl}/requests/find`, { operation: 'GetKey' });
  const { requests } = await found.json();
  await ask(`${adminUrl}/requests`, { method: 'DELETE', headers: { 'Content-Type': 'application/json' } });
  return requests.map(({ request, response }) => ({ url: request.url, status: response.status }));
}
