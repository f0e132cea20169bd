/**
 * The connector's own API, as its clients use it.
 */
import { exchange, request } from './http.js';

const path = (id, rest = '') => `/api/Videos/${encodeURIComponent(id)}${rest}`;

/** The request that creates a video. */
export function createRequest({ name, isProtected, isEncrypted }) {
  return {
    method: 'POST',
    url: `${location.origin}/api/Videos`,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      OriginalFileName: name,
      ContentProtectionMode: isProtected ? 'AES128' : 'None',
      ...(isEncrypted ? { InputStorageEncryptionMode: 'AES256' } : {}),
    }),
  };
}

/** The request that ends an upload. */
export function markCompleteRequest(id) {
  return {
    method: 'POST',
    url: location.origin + path(id, '/MarkComplete'),
    headers: {},
    body: '',
  };
}

export function statusRequest(id) {
  return { method: 'GET', url: location.origin + path(id, '/Status') };
}

export function tokenRequest(id, keyId) {
  return {
    method: 'GET',
    url: `${location.origin}${path(id, '/AuthorizationToken')}?KeyId=${encodeURIComponent(keyId)}`,
  };
}

export function endpointRequest(id, type) {
  return {
    method: 'GET',
    url: `${location.origin}${path(id, '/PlaybackEndpoint')}?endpointType=${type}`,
  };
}

/** Sends one of these; throws ApiError. */
export function send({ url, method, headers, body }, signal) {
  return request(url, { method, headers, body, signal });
}

/** Requests that only decorate the page carry this header, so that the journal can leave them out. */
export const OWN_REQUEST = { 'x-msc-dashboard': '1' };

/** The poster of a video as an image; null if there is none. */
export async function fetchPoster(id) {
  const list = await exchange(path(id, '/Thumbnails'), { headers: OWN_REQUEST });
  if (list.status !== 200) return null;
  const poster = JSON.parse(list.text).find(({ Kind }) => Kind === 'Poster');
  if (!poster) return null;
  // Elsewhere (--external-url) the header would need a preflight.
  const isHere = new URL(poster.Url).origin === location.origin;
  const image = await exchange(poster.Url, { headers: isHere ? OWN_REQUEST : {} });
  return image.status === 200 && image.type.startsWith('image/')
    ? new Blob([image.bytes], { type: image.type })
    : null;
}
