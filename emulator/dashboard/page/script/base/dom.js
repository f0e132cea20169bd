/**
 * Makes elements. All text becomes text nodes: nothing here parses HTML.
 */

const SVG = 'http://www.w3.org/2000/svg';

function setAttribute(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === 'on') {
    for (const [event, listener] of Object.entries(value))
      element.addEventListener(event, listener);
  } else if (name === 'style') {
    for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
  } else {
    element.setAttribute(name, value === true ? '' : String(value));
  }
}

// The children in one list, without those that are left out.
function shownOf(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false);
}

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...shownOf(children));
  return element;
}

/**
 * An HTML element.
 * @param {string} tag
 * @param {Object<string, *>} [attributes] `on`: listeners by event; `style`: properties by name;
 *   true: an attribute without value; null, undefined, false: left out.
 * @param {...(Node|string|Array|null|false)} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  return build(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function s(tag, attributes = {}, ...children) {
  return build(document.createElementNS(SVG, tag), attributes, children);
}

/** Replaces all children of `parent`. */
export function fill(parent, ...children) {
  parent.replaceChildren(...shownOf(children));
  return parent;
}

/** Sets the text of `element` only if it differs, so that screen readers hear changes alone. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

let lastId = 0;
/** A new id for an element. */
export function newId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
