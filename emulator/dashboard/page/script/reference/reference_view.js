/**
 * The APIs as a reference, from the documents that the emulator serves.
 */
import { fill, h } from '../base/dom.js';
import { badge, codeBlock, emptyState } from '../base/parts.js';
import { errorWords } from '../base/toast.js';
import { DOCUMENTS, operationsOf } from './documents.js';
import { tryForm } from './try_form.js';

// `code` in the documents' words becomes code.
function marked(text) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? h('code', {}, part) : part));
}

function responsesTable(responses) {
  return h(
    'table',
    { class: 'table' },
    h('caption', { class: 'visually-hidden' }, 'Responses'),
    h(
      'tbody',
      {},
      responses.map(({ status, words, example }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, status),
          h(
            'td',
            {},
            marked(words),
            example &&
              h(
                'details',
                {},
                h('summary', {}, 'Example'),
                codeBlock(example, `an example of ${status}`),
              ),
          ),
        ),
      ),
    ),
  );
}

function operationElement(operation) {
  const { method, path, summary, words, responses } = operation;
  const place = h('div', { class: 'stack operation-body' });
  const element = h(
    'details',
    { class: 'operation' },
    h(
      'summary',
      {},
      badge(method, `method-${method.toLowerCase()}`),
      h('code', { class: 'operation-path' }, path),
      h('span', { class: 'operation-summary muted' }, marked(summary)),
    ),
    place,
  );
  element.addEventListener('toggle', () => {
    if (!element.open || place.childElementCount > 0) return;
    fill(
      place,
      words && h('p', {}, marked(words)),
      h('h4', {}, 'Try it'),
      tryForm(operation),
      h('h4', {}, 'Responses'),
      responsesTable(responses),
    );
  });
  return element;
}

function documentElement(document) {
  const operations = operationsOf(document);
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return tags.map((tag) => {
    const words = document.tags?.find(({ name }) => name === tag)?.description;
    return h(
      'section',
      { class: 'card' },
      h('h2', { class: 'capitalised' }, tag),
      words && h('p', { class: 'muted' }, marked(words)),
      h('div', {}, operations.filter((operation) => operation.tag === tag).map(operationElement)),
    );
  });
}

/** The view of "#/api/<document>". */
export function referenceView(main, route) {
  const chosen = DOCUMENTS[route.parts[1]] ? route.parts[1] : 'videos';
  const place = h('div', { class: 'stack' }, h('p', { class: 'muted' }, 'Loading…'));
  const filter = h('input', {
    type: 'search',
    class: 'search',
    placeholder: 'Path or words',
    'aria-label': 'Find operations',
  });
  const tabs = h(
    'nav',
    { class: 'tabs', 'aria-label': 'Documents' },
    Object.entries(DOCUMENTS).map(([name, { title }]) =>
      h('a', { href: `#/api/${name}`, 'aria-current': name === chosen ? 'page' : null }, title),
    ),
  );
  filter.addEventListener('input', () => {
    const text = filter.value.trim().toLowerCase();
    for (const section of place.querySelectorAll('section')) {
      let found = 0;
      for (const operation of section.querySelectorAll('.operation')) {
        operation.hidden = !operation.firstChild.textContent.toLowerCase().includes(text);
        found += operation.hidden ? 0 : 1;
      }
      section.hidden = found === 0;
    }
  });
  fill(
    main,
    h('h1', { tabindex: '-1' }, 'API'),
    h('div', { class: 'list-head' }, tabs, filter),
    place,
  );
  DOCUMENTS[chosen].load().then(
    (document) => fill(place, documentElement(document)),
    (error) => fill(place, emptyState('api', 'The document cannot be read', ...errorWords(error))),
  );
}
