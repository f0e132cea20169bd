/**
 * "Try it": a request made of an operation's parameters and body, and its response.
 */
import { curlOf } from '../api/curl.js';
import { adminExchange, exchange } from '../api/http.js';
import { fill, h } from '../base/dom.js';
import { formatBytes, formatSpan } from '../base/format.js';
import { button, codeBlock, confirmDialog, field, select, statusBadge } from '../base/parts.js';
import { errorWords } from '../base/toast.js';
import { videos } from '../live/videos.js';

const SHOWN_LETTERS = 20_000;

// The newest video is what one most often wants to try something with.
function valueFor({ name, example }, path) {
  if (name === 'id' && path.includes('ideos/')) return videos.list[0]?.Id ?? example;
  if (name === 'KeyId')
    return (
      videos.list.find(({ ContentProtectionKeyId }) => ContentProtectionKeyId)
        ?.ContentProtectionKeyId ?? example
    );
  return example;
}

function targetOf({ path, parameters }, inputs) {
  const query = new URLSearchParams();
  let target = path;
  parameters.forEach(({ name, place }, index) => {
    const { value } = inputs[index];
    if (place === 'path') target = target.replace(`{${name}}`, encodeURIComponent(value));
    else if (place === 'query' && value) query.set(name, value);
  });
  return query.size > 0 ? `${target}?${query}` : target;
}

function headersOf({ parameters }, inputs) {
  const given = parameters.map(({ name, place }, index) => [name, place, inputs[index].value]);
  return Object.fromEntries(
    given
      .filter(([, place, value]) => place === 'header' && value)
      .map(([name, , value]) => [name, value]),
  );
}

// JSON indented; what is no JSON, whatever its type says, as it is.
function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function responseElement({ status, type, text, bytes }, millis) {
  const isText = /json|text|xml|html|mpegurl|dash/.test(type) || bytes.length === 0;
  let shown = isText ? text : `${formatBytes(bytes.length)} of ${type || 'an unknown type'}`;
  if (type.includes('json')) shown = indented(text);
  return [
    h(
      'div',
      { class: 'badges' },
      statusBadge(status),
      h('span', { class: 'muted small' }, `${type || 'no body'} · ${formatSpan(millis)}`),
    ),
    shown && codeBlock(shown.slice(0, SHOWN_LETTERS), 'the response'),
  ];
}

/** @param {import('./documents.js').Operation} operation */
export function tryForm(operation) {
  const { method, path, parameters, body } = operation;
  const inputs = parameters.map((parameter) =>
    h('input', {
      type: 'text',
      value: valueFor(parameter, path),
      autocomplete: 'off',
      spellcheck: 'false',
    }),
  );
  const fields = parameters.map(({ name, place, isRequired, words }, index) =>
    field(`${name} (${place}${isRequired ? '' : ', may be empty'})`, inputs[index], words),
  );
  const text = body?.type.includes('json')
    ? h('textarea', { rows: '6', class: 'code-input', spellcheck: 'false' })
    : null;
  const file = body && !text ? h('input', { type: 'file' }) : null;
  const place = h('div', { class: 'stack', role: 'status' });

  const parts = [...fields];
  if (text) {
    text.value = body.examples[0]?.[1] ?? '{}';
    if (body.examples.length > 1) {
      const choice = select(
        body.examples.map(([name], index) => [String(index), name]),
        '0',
      );
      choice.addEventListener('change', () => {
        text.value = body.examples[Number(choice.value)][1];
      });
      parts.push(field('Example', choice));
    }
    parts.push(field('Body', text));
  }
  if (file) parts.push(field(`Body, a file (${body.type})`, file));

  const send = async () => {
    if (
      path.endsWith('/shutdown') &&
      !(await confirmDialog(
        'Stop the emulator?',
        'This page then has nothing to talk to.',
        'Stop it',
      ))
    )
      return;
    const target = targetOf(operation, inputs);
    const chosen = file?.files[0];
    const headers = {
      ...(text && { 'Content-Type': 'application/json' }),
      ...(chosen && { 'Content-Type': body.type }),
      ...headersOf(operation, inputs),
    };
    const empty = method === 'POST' || method === 'PUT' ? '' : undefined;
    const payload = text?.value ?? chosen ?? empty;
    const began = performance.now();
    try {
      const answer = await (path.startsWith('/__admin') ? adminExchange : exchange)(target, {
        method,
        headers,
        body: payload,
      });
      fill(place, responseElement(answer, performance.now() - began));
    } catch (error) {
      fill(place, errorWords(error));
    }
    place.append(
      h(
        'details',
        { class: 'step-curl' },
        h('summary', {}, 'curl'),
        codeBlock(
          curlOf({
            method,
            url: location.origin + target,
            headers,
            ...(chosen ? { file: chosen.name } : { body: payload }),
          }),
          'the request as curl',
        ),
      ),
    );
  };
  const isStream = path.endsWith('/events');
  return h(
    'div',
    { class: 'stack try-form' },
    parts,
    isStream
      ? h(
          'p',
          { class: 'muted' },
          'This response does not end: the page itself is one of its readers.',
        )
      : h('div', {}, button('Send', send, { kind: 'primary', picture: 'play' })),
    place,
  );
}
