/**
 * The journal as a HAR archive, as browsers' developer tools read it.
 * Source: "HAR 1.2 Spec", http://www.softwareishard.com/blog/har-12-spec/
 */

const pairs = (headers) =>
  Object.entries(headers ?? {}).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value: String(value) })),
  );

const headerOf = (headers, name) =>
  pairs(headers).find((pair) => pair.name.toLowerCase() === name)?.value ?? '';

/** The whole address of a recorded request. */
export function addressOf({ url, headers }) {
  return `${location.protocol}//${headerOf(headers, 'host') || location.host}${url}`;
}

function postDataOf({ headers, body, bodyAsBase64 }) {
  if (body === undefined && bodyAsBase64 === undefined) return undefined;
  const mimeType = headerOf(headers, 'content-type');
  return body === undefined
    ? { mimeType, text: bodyAsBase64, encoding: 'base64' }
    : { mimeType, text: body };
}

function contentOf({ headers, body, bodyAsBase64, bodySize }) {
  const content = { size: bodySize, mimeType: headerOf(headers, 'content-type') || 'x-unknown' };
  if (body !== undefined) content.text = body;
  if (bodyAsBase64 !== undefined)
    Object.assign(content, { text: bodyAsBase64, encoding: 'base64' });
  return content;
}

function entryOf({ id, operation, videoId, faultId, request, response }) {
  const url = addressOf(request);
  return {
    startedDateTime: request.loggedDateString,
    time: 0,
    request: {
      method: request.method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(request.headers),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      postData: postDataOf(request),
      headersSize: -1,
      bodySize: request.bodySize,
    },
    response: {
      status: response.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(response.headers),
      content: contentOf(response),
      redirectURL: headerOf(response.headers, 'location'),
      headersSize: -1,
      bodySize: response.bodySize,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    comment: [
      `request ${id}`,
      operation,
      videoId && `video ${videoId}`,
      faultId && `fault ${faultId}`,
    ]
      .filter(Boolean)
      .join(', '),
  };
}

/** @param {object[]} requests as GET requests answers them */
export function harOf(requests, version) {
  return {
    log: {
      version: '1.2',
      creator: { name: 'Media Services Connector Emulator', version },
      entries: [...requests].sort((one, other) => one.id - other.id).map(entryOf),
    },
  };
}
