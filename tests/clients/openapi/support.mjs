import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export const url = process.env.MSC_EMULATOR_URL;

export async function served(path) {
  const response = await fetch(url + path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** The target of a reference into `document`, or the value itself. */
export function resolve(document, value) {
  if (!value?.$ref) return value;
  return value.$ref.slice(2).split('/').reduce((part, name) => part[name], document);
}

/** All operations: { id, method, path, operation }. */
export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ id: operation.operationId, method, path, operation })),
  );
}

/** The examples of a media type. */
export function examplesOf(content) {
  const several = Object.values(content.examples ?? {}).map(({ value }) => value);
  return 'example' in content ? [content.example, ...several] : several;
}

/** A function that tells what is wrong with a value by a schema of `document`; undefined: nothing. */
export function validatorOf(document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  addFormats(ajv);
  ajv.addSchema(document, 'document');
  let count = 0;
  return (schema, value) => {
    // A schema that is part of the document refers to the whole of it.
    const whole = { ...document, ...schema, $id: `schema-${++count}` };
    delete whole.openapi;
    const validate = ajv.compile(whole);
    return validate(value) ? undefined : ajv.errorsText(validate.errors);
  };
}
