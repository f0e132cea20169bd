/**
 * The place to drop a file, with the switches of an upload.
 */
import { h, newId } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { button, toggle } from '../base/parts.js';
import { go } from '../base/router.js';
import { canEncrypt } from './ctr_cipher.js';
import { sampleClip, uploads } from './uploads.js';

// Kept while the page lives, so that both places show the same.
const chosen = { isProtected: true, isEncrypted: canEncrypt() };

function startAll(files) {
  for (const file of files) uploads.start(file, chosen);
  if (files.length > 0) go('/upload');
}

function switches() {
  const protect = toggle(
    'Protect the playback',
    chosen.isProtected,
    (isOn) => (chosen.isProtected = isOn),
    'AES-128',
  );
  const encrypt = toggle(
    'Encrypt the upload',
    chosen.isEncrypted,
    (isOn) => (chosen.isEncrypted = isOn),
    'AES-256-CTR',
  );
  if (!canEncrypt()) {
    encrypt.input.disabled = true;
    encrypt.element.title = 'Browsers encrypt only on localhost and over HTTPS';
  }
  return h('div', { class: 'switches' }, protect.element, encrypt.element);
}

// A file that misses its place must not replace the page.
for (const event of ['dragover', 'drop']) {
  window.addEventListener(event, (missed) => missed.preventDefault());
}

/** The element. */
export function dropZone() {
  const input = h('input', {
    type: 'file',
    accept: 'video/*,audio/*',
    multiple: true,
    class: 'visually-hidden',
    id: newId('file'),
  });
  input.addEventListener('change', () => startAll([...input.files]));
  const label = h(
    'label',
    { class: 'button primary', for: input.id },
    icon('upload'),
    h('span', {}, 'Choose a file'),
  );
  const zone = h(
    'section',
    { class: 'drop-zone', 'aria-label': 'Upload' },
    h(
      'div',
      { class: 'drop-words' },
      h('p', { class: 'drop-title' }, 'Drop a video here'),
      switches(),
    ),
    h(
      'div',
      { class: 'drop-buttons' },
      input,
      label,
      button('Use the sample clip', async () => startAll([await sampleClip()]), {
        picture: 'film',
      }),
    ),
  );
  const over = (isOver) => zone.classList.toggle('is-over', isOver);
  zone.addEventListener('dragover', (event) => {
    event.preventDefault();
    over(true);
  });
  zone.addEventListener('dragleave', (event) => zone.contains(event.relatedTarget) || over(false));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    over(false);
    startAll([...event.dataTransfer.files]);
  });
  return zone;
}
