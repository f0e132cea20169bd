/**
 * Faults that are worth a click.
 */

/** {name, title, detail, fault} */
export const CATALOGUE = [
  {
    name: 'busy',
    title: 'Blob endpoint busy, twice',
    detail: 'Two Put Block get 503 ServerBusy. A good client tries again.',
    fault: {
      match: { operation: 'PutBlock' },
      times: 2,
      action: { status: 503, errorCode: 'ServerBusy', headers: { 'Retry-After': '1' } },
    },
  },
  {
    name: 'reset',
    title: 'Upload cut in the middle',
    detail: 'The connection of a Put Block is reset after 8 KiB of its body.',
    fault: {
      match: { operation: 'PutBlock' },
      times: 1,
      action: { fault: 'CONNECTION_RESET_BY_PEER', direction: 'request', atByte: 8192 },
    },
  },
  {
    name: 'slow',
    title: 'Slow upload',
    detail: 'Blocks arrive at 64 KiB a second for a minute.',
    fault: {
      match: { operation: 'PutBlock' },
      ttlMillis: 60_000,
      action: { bandwidthKBps: 64, direction: 'request' },
    },
  },
  {
    name: 'create',
    title: 'Creation fails',
    detail: 'The next CreateVideo gets 500.',
    fault: { match: { operation: 'CreateVideo' }, times: 1, action: { status: 500 } },
  },
  {
    name: 'lost',
    title: 'Lost response',
    detail: 'MarkComplete is done, but its client never learns of it.',
    fault: {
      match: { operation: 'MarkComplete' },
      times: 1,
      phase: 'after',
      action: { fault: 'EMPTY_RESPONSE' },
    },
  },
  {
    name: 'status',
    title: 'Status answers late',
    detail: 'Three polls of the status take two seconds longer.',
    fault: {
      match: { operation: 'GetStatus' },
      times: 3,
      action: { fixedDelayMilliseconds: 2000 },
    },
  },
  {
    name: 'key',
    title: 'Key delivery down',
    detail: 'The next GetKey gets 503, so a player has no key.',
    fault: { match: { operation: 'GetKey' }, times: 1, action: { status: 503 } },
  },
  {
    name: 'expired',
    title: 'Expired token',
    detail: 'The next GetKey is answered as if its token had expired.',
    fault: { match: { operation: 'GetKey' }, times: 1, action: { fault: 'EXPIRED_TOKEN' } },
  },
  {
    name: 'wrong-key',
    title: 'Wrong key',
    detail: 'The next GetKey delivers another key, which decrypts nothing.',
    fault: { match: { operation: 'GetKey' }, times: 1, action: { fault: 'WRONG_KEY' } },
  },
  {
    name: 'fragment',
    title: 'Corrupt fragment',
    detail: 'The next fragment arrives with wrong bytes.',
    fault: { match: { operation: 'GetFragment' }, times: 1, action: { fault: 'CORRUPT_BODY' } },
  },
];

/** A fault that would have hit the recorded request. */
export function faultOfRequest({ operation, request, response }) {
  const match = operation
    ? { operation }
    : {
        method: request.method,
        urlPathPattern: request.url.split('?')[0].replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
      };
  const status = response.status >= 400 ? response.status : 503;
  return { match, times: 1, action: { status } };
}

const FAULT_WORDS = {
  CONNECTION_RESET_BY_PEER: 'reset the connection',
  EMPTY_RESPONSE: 'end the connection without a response',
  MALFORMED_RESPONSE_CHUNK: 'send a malformed chunk',
  RANDOM_DATA_THEN_CLOSE: 'send random bytes',
  TRUNCATED_BODY: 'cut the body',
  CORRUPT_BODY: 'corrupt the body',
  WRONG_KEY: 'deliver another key',
  SHORT_KEY: 'deliver 15 bytes of the key',
  EXPIRED_TOKEN: 'let the token be expired',
  WRONG_IV: 'name another vector',
};

/** What a fault does, in a few words. */
export function actionWords(action) {
  if (action.status)
    return `answer ${action.status}${action.errorCode ? ` ${action.errorCode}` : ''}`;
  if (action.fault)
    return `${FAULT_WORDS[action.fault] ?? action.fault}${action.atByte === undefined ? '' : ` at byte ${action.atByte}`}`;
  if (action.fixedDelayMilliseconds !== undefined)
    return `wait ${action.fixedDelayMilliseconds} ms`;
  if (action.delayDistribution) return `wait, ${action.delayDistribution.type}`;
  if (action.chunkedDribbleDelay) return 'answer in pieces';
  if (action.bandwidthKBps) return `at most ${action.bandwidthKBps} KiB a second`;
  return JSON.stringify(action);
}

/** Which requests a fault meets, in a few words. */
export function matchWords(match = {}) {
  const parts = [
    match.operation ?? 'any request',
    match.method,
    match.urlPathPattern ?? match.url,
    match.videoId && match.videoId !== '*' && `video ${match.videoId.slice(0, 8)}`,
    match.headers && 'with headers',
  ];
  return parts.filter(Boolean).join(' ');
}
