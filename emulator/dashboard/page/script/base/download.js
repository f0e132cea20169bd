/**
 * Files that the page hands out.
 */
import { h } from './dom.js';

/** Lets the browser save `content` as `name`. */
export function download(content, name, type) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
