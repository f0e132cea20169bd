/**
 * PUT with progress, which fetch does not report.
 */
import { connectionError, errorOf } from '../api/errors.js';

/**
 * @param {string} url
 * @param {BodyInit} body
 * @param {{headers?: Object<string, string>, signal?: AbortSignal, onProgress?: (bytes: number) => void}} options
 * @returns {Promise<number>} the status; errors are thrown as ApiError
 */
export function put(url, body, { headers = {}, signal, onProgress } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded }) => onProgress?.(loaded));
    request.addEventListener('error', () => reject(connectionError()));
    request.addEventListener('abort', () =>
      reject(new DOMException('The upload was stopped', 'AbortError')),
    );
    request.addEventListener('load', () => {
      if (request.status < 300) {
        resolve(request.status);
        return;
      }
      const type = request.getResponseHeader('Content-Type') ?? '';
      reject(
        errorOf({
          status: request.status,
          reason: request.statusText,
          type,
          text: request.responseText,
        }),
      );
    });
    if (signal?.aborted) {
      reject(new DOMException('The upload was stopped', 'AbortError'));
      return;
    }
    signal?.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}
