/**
 * Reads the chosen requests of the journal, and lets the browser save them as HAR.
 */
import { admin } from '../api/http.js';
import { h, setText } from '../base/dom.js';
import { download } from '../base/download.js';
import { count } from '../base/format.js';
import { button, confirmDialog, openDialog, progressBar } from '../base/parts.js';
import { attempt, say } from '../base/toast.js';
import { harOf } from './har.js';

const READS_AT_ONCE = 4;

/**
 * Reads the requests with these ids. Those that cannot be read, because the journal has dropped
 * them for example, are left out.
 */
async function readAll(ids, signal, onRead) {
  const waiting = [...ids];
  const found = [];
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const record = await admin(`/requests/${id}`, { signal }).catch(() => null);
      signal.throwIfAborted();
      if (record) found.push(record);
      onRead(ids.length - waiting.length);
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, work));
  return found;
}

// Undefined if the person has cancelled it.
function readWithProgress(ids) {
  const ender = new AbortController();
  const bar = progressBar('Reading the requests');
  const words = h('p', {}, '');
  return openDialog('Reading the requests', (close) => {
    const onRead = (number) => {
      bar.set(number / ids.length);
      setText(words, `${number} of ${count(ids.length, 'request')}`);
    };
    attempt(() => readAll(ids, ender.signal, onRead)).then(close);
    const cancel = button('Cancel', () => close());
    return [words, bar.element, h('div', { class: 'dialog-buttons' }, cancel)];
  }).finally(() => ender.abort());
}

/** Saves the requests with these ids, if the person agrees. */
export async function saveHar(ids) {
  const isSure = await confirmDialog(
    `Save ${count(ids.length, 'request')} as HAR?`,
    'The file contains tokens, keys and signed URLs as they were sent. Give it only to people who may use them.',
    'Save',
  );
  if (!isSure) return;
  const records = await readWithProgress(ids);
  if (!records) return;
  const { version } = await admin('/health');
  const content = JSON.stringify(harOf(records, version), null, 1);
  download(content, 'msc-emulator.har', 'application/json');
  const missing = ids.length - records.length;
  const rest = missing ? ` ${count(missing, 'request')} could not be read.` : '';
  say(`${count(records.length, 'request')} saved as HAR.${rest}`);
}
