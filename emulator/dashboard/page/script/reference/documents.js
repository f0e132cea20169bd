/**
 * The documents of the APIs, OpenAPI 3.1 and Swagger 2.0, in one simple form.
 */
import { OWN_REQUEST } from '../api/connector.js';
import { admin, request } from '../api/http.js';

/**
 * @typedef {{name: string, place: string, isRequired: boolean, words: string, example: string}} Parameter
 * @typedef {{method: string, path: string, tag: string, summary: string, words: string, parameters: Parameter[],
 *   body: {type: string, examples: [string, string][]}|null, responses: {status: string, words: string, example: string}[]}} Operation
 */

const METHODS = ['get', 'post', 'put', 'delete', 'head', 'patch', 'options'];
const asText = (value) =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2);

function resolver(document) {
  const resolve = (value) => {
    if (!value?.$ref) return value;
    return resolve(
      value.$ref
        .split('/')
        .slice(1)
        .reduce((place, key) => place?.[key.replaceAll('~1', '/')], document),
    );
  };
  return resolve;
}

// A value that fits a schema, for those without an example.
function exampleOf(schema, resolve, depth = 0) {
  const {
    example,
    examples,
    default: standard,
    const: constant,
    enum: values,
    type,
    properties,
    items,
    oneOf,
    anyOf,
  } = resolve(schema) ?? {};
  const given = example ?? examples?.[0] ?? standard ?? constant ?? values?.[0];
  if (given !== undefined || depth > 4) return given ?? null;
  if (oneOf ?? anyOf) return exampleOf((oneOf ?? anyOf)[0], resolve, depth + 1);
  if (properties)
    return Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [
        name,
        exampleOf(value, resolve, depth + 1),
      ]),
    );
  if (items) return [exampleOf(items, resolve, depth + 1)];
  return (
    { string: '', integer: 0, number: 0, boolean: false, object: {}, array: [] }[
      [type].flat()[0]
    ] ?? null
  );
}

function parameterOf(given, resolve) {
  const { name, in: place, required, description, schema, example, examples } = resolve(given);
  const {
    description: schemaWords,
    example: schemaExample,
    default: standard,
  } = resolve(schema) ?? {};
  const first = examples && Object.values(examples)[0]?.value;
  return {
    name,
    place,
    isRequired: Boolean(required),
    words: description ?? schemaWords ?? '',
    example: asText(example ?? first ?? schemaExample ?? standard),
  };
}

function examplesOf(media, resolve) {
  const { example, examples, schema } = media;
  if (examples)
    return Object.entries(examples).map(([name, given]) => [
      resolve(given).summary ?? name,
      asText(resolve(given).value),
    ]);
  return [['example', asText(example ?? exampleOf(schema, resolve))]];
}

function bodyOf(operation, resolve) {
  const [[type, media] = []] = Object.entries(resolve(operation.requestBody)?.content ?? {});
  if (type) return { type, examples: type.includes('json') ? examplesOf(media, resolve) : [] };
  const body = operation.parameters?.map(resolve).find((parameter) => parameter.in === 'body');
  return body
    ? { type: 'application/json', examples: [['example', asText(exampleOf(body.schema, resolve))]] }
    : null;
}

function responsesOf(operation, resolve) {
  return Object.entries(operation.responses ?? {}).map(([status, given]) => {
    const { description = '', content } = resolve(given) ?? {};
    const [media] = Object.values(content ?? {});
    const examples =
      media && (media.example !== undefined || media.examples) ? examplesOf(media, resolve) : [];
    return { status, words: description, example: examples[0]?.[1] ?? '' };
  });
}

/** The operations of a document, in its order. */
export function operationsOf(document) {
  const resolve = resolver(document);
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const operation = item[method];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(
        (given) => parameterOf(given, resolve),
      );
      return {
        method: method.toUpperCase(),
        path,
        tag: operation.tags?.[0] ?? 'other',
        summary: operation.summary ?? '',
        words: operation.description ?? '',
        parameters: parameters.filter(({ place }) => ['path', 'query', 'header'].includes(place)),
        body: bodyOf(operation, resolve),
        responses: responsesOf(operation, resolve),
      };
    }),
  );
}

/** What the reference shows. */
export const DOCUMENTS = {
  videos: {
    title: 'Videos API',
    load: async () =>
      JSON.parse((await request('/swagger/docs/v1', { headers: OWN_REQUEST })).text),
  },
  control: { title: 'Control API', load: () => admin('/openapi.json') },
};
