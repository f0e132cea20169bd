/**
 * One request of the journal: why it was answered so, headers, bodies, curl.
 */
import { admin } from '../api/http.js';
import { curlOf } from '../api/curl.js';
import { fill, h } from '../base/dom.js';
import { formatBytes, formatTime } from '../base/format.js';
import { icon } from '../base/icons.js';
import { badge, button, codeBlock, openDialog, statusBadge } from '../base/parts.js';
import { go } from '../base/router.js';
import { faultOfRequest } from '../control/fault_catalogue.js';
import { prepareFault } from '../control/fault_form.js';
import { errorWords } from '../base/toast.js';
import { addressOf } from './har.js';

const SHOWN_BYTES = 20_000;
const LEFT_OUT = new Set(['host', 'content-length', 'connection', 'accept-encoding']);

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function bodyOf({ body, bodyAsBase64, bodySize }, name) {
  if (!bodySize) return h('p', { class: 'muted small' }, 'No body.');
  if (body !== undefined) {
    const text = pretty(body);
    const note =
      text.length > SHOWN_BYTES && h('p', { class: 'muted small' }, 'Only its beginning is shown.');
    return [codeBlock(text.slice(0, SHOWN_BYTES), `the ${name}'s body`), note];
  }
  const kept =
    bodyAsBase64 === undefined
      ? 'they were not kept'
      : `as base64 they begin with ${bodyAsBase64.slice(0, 48)}…`;
  return h(
    'p',
    { class: 'muted small wrap' },
    `${formatBytes(bodySize)} that are no text; ${kept}`,
  );
}

function headersOf(headers, name) {
  const rows = Object.entries(headers ?? {}).flatMap(([key, values]) =>
    [values].flat().map((value) => [key, value]),
  );
  if (rows.length === 0) return h('p', { class: 'muted small' }, 'No headers.');
  return h(
    'table',
    { class: 'headers' },
    h('caption', { class: 'visually-hidden' }, `Headers of the ${name}`),
    rows.map(([key, value]) =>
      h('tr', {}, h('th', { scope: 'row' }, key), h('td', {}, String(value))),
    ),
  );
}

// Values of an explanation: lists and objects as nested lists.
function valueElement(value) {
  if (Array.isArray(value))
    return h(
      'ul',
      { class: 'plain-list' },
      value.map((item) => h('li', {}, valueElement(item))),
    );
  if (value && typeof value === 'object') {
    return h(
      'dl',
      { class: 'facts' },
      Object.entries(value).map(([key, item]) =>
        h('div', { class: 'fact' }, h('dt', {}, key), h('dd', {}, valueElement(item))),
      ),
    );
  }
  const text = String(value);
  return text.includes('\n')
    ? h('pre', { class: 'plain-pre', tabindex: '0' }, text)
    : h('code', { class: 'wrap' }, text);
}

const EXPLAINED = {
  expected: 'Expected',
  received: 'Received',
  firstDifference: 'First difference',
  nearest: 'Nearest route',
  history: 'History',
};

function explanationElement(explanation) {
  const { because, hint, faultId } = explanation;
  return h(
    'section',
    { class: 'explain' },
    h('h3', {}, 'Why'),
    h(
      'ul',
      { class: 'plain-list because' },
      because.map((reason) => h('li', {}, reason)),
    ),
    hint && h('p', {}, icon('flag', 16), ' ', hint),
    faultId && h('p', {}, h('a', { href: '#/control' }, `Fault ${faultId}`), ' did it.'),
    Object.entries(EXPLAINED).map(([key, title]) => {
      const value = explanation[key];
      const isEmpty =
        value === undefined ||
        value === null ||
        (typeof value === 'object' && Object.keys(value).length === 0);
      return isEmpty ? null : [h('h4', {}, title), valueElement(value)];
    }),
  );
}

function curlElement({ request }) {
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).filter(
      ([name]) =>
        !LEFT_OUT.has(name.toLowerCase()) && !/^sec-|^user-agent|^accept-language/i.test(name),
    ),
  );
  const body =
    request.body ?? (request.method === 'POST' || request.method === 'PUT' ? '' : undefined);
  const file = request.body === undefined && request.bodySize > 0 ? 'body' : undefined;
  return codeBlock(
    curlOf({ method: request.method, url: addressOf(request), headers, body, file }),
    'the request as curl',
  );
}

function content(record, explanation, close) {
  const { request, response, operation, videoId, faultId } = record;
  const makeFault = () => {
    close();
    prepareFault(faultOfRequest(record));
    go('/control');
  };
  return [
    h(
      'div',
      { class: 'badges' },
      statusBadge(response.status),
      operation && badge(operation, 'quiet'),
      badge(`at ${formatTime(request.loggedDate)}`, 'quiet'),
      faultId && badge(`fault ${faultId}`, 'status-warn', 'bolt'),
    ),
    h(
      'p',
      { class: 'wrap request-line' },
      h('strong', {}, request.method),
      ' ',
      h('code', {}, request.url),
    ),
    explanationElement(explanation),
    h(
      'div',
      { class: 'form-row' },
      button('Make a fault of this', makeFault, { picture: 'bolt' }),
      videoId &&
        h(
          'a',
          { class: 'button', href: `#/videos/${videoId}` },
          icon('film'),
          h('span', {}, 'Open the video'),
        ),
    ),
    h('h3', {}, 'Request'),
    headersOf(request.headers, 'request'),
    bodyOf(request, 'request'),
    h('h3', {}, 'Response'),
    headersOf(response.headers, 'response'),
    bodyOf(response, 'response'),
    h('h3', {}, 'curl'),
    curlElement(record),
  ];
}

/** Opens the request; resolves when it is closed. */
export function openRequest(id) {
  const closing = new AbortController();
  return openDialog(
    `Request ${id}`,
    (close) => {
      const place = h('div', { class: 'stack' }, h('p', { class: 'muted' }, 'Loading…'));
      // Another address, by "back" for example, is another view.
      window.addEventListener('hashchange', () => close(), { signal: closing.signal });
      place.addEventListener('click', (event) => event.target.closest('a[href^="#/"]') && close());
      Promise.all([admin(`/requests/${id}`), admin(`/requests/${id}/explain`)]).then(
        ([record, explanation]) => fill(place, content(record, explanation, close)),
        (error) => fill(place, errorWords(error)),
      );
      return place;
    },
    'drawer',
  ).finally(() => closing.abort());
}
