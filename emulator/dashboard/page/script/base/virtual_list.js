/**
 * A list of any length that has only the rows in the document that can be seen. All rows have the
 * height that the list's CSS property --row-height says. Arrow keys, Home and End move between rows.
 */
import { h } from './dom.js';

const SPARE_ROWS = 6;

export class VirtualList {
  #scroller;
  #options;
  #items = [];
  #rows = new Map(); // Key -> {element, item}.
  #focusKey = null;
  #rowHeight = 0;
  #observer;

  /**
   * @param {HTMLElement} scroller what scrolls; the list may be anywhere in it
   * @param {{label: string, key: (item) => (string|number), draw: (item) => Node[],
   *   open: (item) => void, class?: string, isSelected?: (item) => boolean}} options
   */
  constructor(scroller, options) {
    this.#scroller = scroller;
    this.#options = options;
    this.element = h('div', {
      class: `virtual-list ${options.class ?? ''}`,
      role: 'list',
      'aria-label': options.label,
    });
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    this.#scroller.addEventListener('scroll', this.#draw, { passive: true });
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(this.#scroller);
  }

  /** Ends the watching of the scroller. */
  end() {
    this.#scroller.removeEventListener('scroll', this.#draw);
    this.#observer.disconnect();
  }

  /**
   * Shows `items`. What is seen stays where it is if rows are put in front of it, unless the list
   * is scrolled to its top.
   */
  set(items) {
    const anchor = this.#anchor();
    this.#items = items;
    this.#resize();
    if (!anchor) return;
    const index = items.findIndex((item) => this.#options.key(item) === anchor.key);
    if (index >= 0) this.#scroller.scrollTop += (index - anchor.index) * this.#rowHeight;
  }

  /** Draws all visible rows again. */
  refresh() {
    for (const row of this.#rows.values()) row.item = null;
    this.#draw();
  }

  /** The rows that are in the document: {element, item}. */
  visible() {
    return [...this.#rows.values()];
  }

  // The first row that can be seen, if the list is scrolled.
  #anchor() {
    const first = this.#firstVisible();
    if (first <= 0 || !this.#items[first]) return null;
    return { index: first, key: this.#options.key(this.#items[first]) };
  }

  #firstVisible() {
    if (!this.#rowHeight || !this.element.isConnected) return 0;
    const above =
      this.#scroller.getBoundingClientRect().top - this.element.getBoundingClientRect().top;
    return Math.max(0, Math.floor(above / this.#rowHeight));
  }

  #resize() {
    this.#rowHeight =
      parseFloat(getComputedStyle(this.element).getPropertyValue('--row-height')) || 48;
    this.element.style.setProperty('height', `${this.#items.length * this.#rowHeight}px`);
    this.#draw();
  }

  #draw = () => {
    if (!this.element.isConnected) return;
    const first = Math.max(0, this.#firstVisible() - SPARE_ROWS);
    const visible = Math.ceil(this.#scroller.clientHeight / this.#rowHeight) + 2 * SPARE_ROWS;
    const last = Math.min(this.#items.length, first + visible);
    const kept = new Set();
    for (let index = first; index < last; index += 1) kept.add(this.#place(index));
    const focused = this.#items.findIndex((item) => this.#options.key(item) === this.#focusKey);
    if (focused >= 0 && this.element.contains(document.activeElement))
      kept.add(this.#place(focused));
    for (const [key, row] of this.#rows) {
      if (kept.has(key)) continue;
      row.element.remove();
      this.#rows.delete(key);
    }
    this.#setTabStop(first);
  };

  // Makes or moves the row of `index`; returns its key.
  #place(index) {
    const item = this.#items[index];
    const key = this.#options.key(item);
    let row = this.#rows.get(key);
    if (!row) {
      row = { element: this.#newRow(key), item: null, index: -1 };
      this.#rows.set(key, row);
      this.element.append(row.element);
    }
    if (row.index !== index) {
      row.index = index;
      row.element.style.setProperty('transform', `translateY(${index * this.#rowHeight}px)`);
      row.element.setAttribute('aria-posinset', index + 1);
    }
    row.element.setAttribute('aria-setsize', this.#items.length);
    if (row.item !== item) {
      row.item = item;
      const body = row.element.firstChild;
      body.replaceChildren(...this.#options.draw(item).filter(Boolean));
      if (this.#options.isSelected?.(item)) body.setAttribute('aria-current', 'true');
      else body.removeAttribute('aria-current');
    }
    return key;
  }

  #newRow(key) {
    const body = h('button', { type: 'button', class: 'row-button', tabindex: '-1' });
    body.addEventListener('click', () => this.#options.open(this.#rows.get(key).item));
    body.addEventListener('focus', () => {
      this.#focusKey = key;
    });
    return h('div', { class: 'virtual-row', role: 'listitem' }, body);
  }

  // One row can be reached by Tab; arrow keys lead to the others.
  #setTabStop(first) {
    const keyed =
      this.#rows.get(this.#focusKey) ??
      this.#rows.get(this.#items[first] && this.#options.key(this.#items[first]));
    for (const row of this.#rows.values()) row.element.firstChild.tabIndex = row === keyed ? 0 : -1;
  }

  #onKey(event) {
    const from = this.#items.findIndex((item) => this.#options.key(item) === this.#focusKey);
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / this.#rowHeight) - 1);
    const to = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + page,
      PageUp: from - page,
      Home: 0,
      End: this.#items.length - 1,
    }[event.key];
    if (to === undefined || from < 0) return;
    event.preventDefault();
    this.#focus(Math.min(this.#items.length - 1, Math.max(0, to)));
  }

  #focus(index) {
    const key = this.#place(index);
    this.#focusKey = key;
    const { element } = this.#rows.get(key);
    element.firstChild.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'nearest' });
    this.#draw();
  }
}
