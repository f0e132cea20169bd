/**
 * PUT with progress, which fetch does not report.
 */
import { connectionError, errorOf } from '../api/errors.js';
import { abortable } from '../base/abort.js';

/**
 * @param {string} url
 * @param {BodyInit} body
 * @param {{headers?: Object<string, string>, signal?: AbortSignal, onProgress?: (bytes: number) => void}} options
 * @returns {Promise<number>} the status; errors are thrown as ApiError
 */
export function put(url, body, { headers = {}, signal, onProgress } = {}) {
  const request = new XMLHttpRequest();
  const start = (resolve, reject) => {
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded }) => onProgress?.(loaded));
    request.addEventListener('error', () => reject(connectionError()));
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(request.status);
      else reject(errorOfRequest(request));
    });
    request.send(body);
  };
  return abortable(signal, start, () => request.abort());
}

function errorOfRequest(request) {
  return errorOf({
    status: request.status,
    reason: request.statusText,
    type: request.getResponseHeader('Content-Type') ?? '',
    text: request.responseText,
  });
}
