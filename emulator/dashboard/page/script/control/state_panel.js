/**
 * Everything that the emulator holds: reset, snapshots, archives, seeds.
 */
import { admin, adminExchange } from '../api/http.js';
import { errorOf } from '../api/errors.js';
import { fill, h, newId } from '../base/dom.js';
import { download } from '../base/download.js';
import { icon } from '../base/icons.js';
import { button, card, confirmDialog, field, iconButton, select, toggle } from '../base/parts.js';
import { attempt, say } from '../base/toast.js';
import { reload } from '../live/live.js';
import { videos } from '../live/videos.js';
import { sampleClip } from '../upload/uploads.js';

const KEPT = [
  ['clock', 'the clock'],
  ['faults', 'the faults'],
  ['requests', 'the journal'],
  ['program', 'the program'],
];

async function toBase64(blob) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(blob);
  });
  return url.slice(url.indexOf(',') + 1);
}

function resetForm() {
  const keep = new Set();
  const toggles = KEPT.map(
    ([name, words]) =>
      toggle(`Keep ${words}`, false, (isOn) => (isOn ? keep.add(name) : keep.delete(name))).element,
  );
  const reset = async () => {
    if (
      !(await confirmDialog(
        'Reset the emulator?',
        'All videos and blobs go, and what is not kept returns to how it was at the start.',
        'Reset',
      ))
    )
      return;
    await admin('/reset', { method: 'POST', json: { keep: [...keep] } });
    await reload();
    say('The emulator is as at its start.');
  };
  return [
    h('div', { class: 'switches' }, toggles),
    h('div', {}, button('Reset', reset, { picture: 'reset', kind: 'danger' })),
  ];
}

function snapshotForm() {
  const list = h('ul', { class: 'plain-list' });
  const name = h('input', { type: 'text', value: 'before-the-test', autocomplete: 'off' });
  const path = (of, rest = '') => `/snapshots/${encodeURIComponent(of)}${rest}`;
  const load = async () => {
    const { snapshots } = await admin('/snapshots');
    const rows = snapshots.map((snapshot) => {
      const restore = async () => {
        await admin(path(snapshot.name, '/restore'), { method: 'POST', json: {} });
        await reload();
        say(`Everything is as in “${snapshot.name}”.`);
      };
      const remove = async () => {
        await admin(path(snapshot.name), { method: 'DELETE' });
        await load();
      };
      return h(
        'li',
        { class: 'form-row' },
        icon('camera'),
        h('span', { class: 'grow' }, snapshot.name),
        button('Restore', restore),
        iconButton('trash', `Delete the snapshot ${snapshot.name}`, remove),
      );
    });
    fill(list, rows.length ? rows : h('li', { class: 'muted' }, 'No snapshot yet.'));
  };
  const take = async () => {
    await admin(path(name.value), { method: 'POST', json: {} });
    await load();
    say(`“${name.value}” is taken.`);
  };
  attempt(load);
  return [
    list,
    h(
      'div',
      { class: 'form-row' },
      field('Name', name),
      button('Take a snapshot', take, { picture: 'camera' }),
    ),
  ];
}

async function exportState() {
  const answer = await adminExchange('/state');
  if (answer.status >= 400) throw errorOf(answer);
  download(answer.bytes, 'msc-emulator.tar', 'application/x-tar');
}

function archiveForm() {
  const input = h('input', {
    type: 'file',
    accept: '.tar,application/x-tar',
    class: 'visually-hidden',
    id: newId('archive'),
  });
  const take = async () => {
    const [file] = input.files;
    input.value = '';
    if (
      !file ||
      !(await confirmDialog(
        'Import this archive?',
        `“${file.name}” takes the place of everything that is here.`,
        'Import',
      ))
    )
      return;
    const answer = await adminExchange('/state', {
      method: 'PUT',
      body: file,
      headers: { 'Content-Type': 'application/x-tar' },
    });
    if (answer.status >= 400) throw errorOf(answer);
    await reload();
    say('The archive is imported.');
  };
  input.addEventListener('change', () => attempt(take));
  return h(
    'div',
    { class: 'form-row' },
    button('Export everything', exportState, { picture: 'download' }),
    input,
    h(
      'label',
      { class: 'button', for: input.id },
      icon('upload'),
      h('span', {}, 'Import an archive'),
    ),
  );
}

function seedForm() {
  const name = h('input', { type: 'text', value: 'seeded.mp4', autocomplete: 'off' });
  const state = select(['Pending', 'Processing', 'Completed', 'Failed'], 'Completed');
  const protect = toggle('Protected', true, null);
  const seed = async () => {
    const content = await toBase64(await sampleClip());
    const json = {
      OriginalFileName: name.value,
      state: state.value,
      content,
      ContentProtectionMode: protect.input.checked ? 'AES128' : 'None',
      ...(state.value === 'Failed' && { reason: 'The file has no video track.' }),
    };
    await admin('/videos', { method: 'POST', json });
    await videos.load();
    say('The video is made.');
  };
  return h(
    'div',
    { class: 'form-row' },
    field('Name', name),
    field('State', state),
    protect.element,
    button('Make the video', seed, { kind: 'primary' }),
  );
}

/** `{element}`. */
export function statePanel() {
  return {
    element: card(
      'State',
      h('h3', {}, 'Make a video'),
      seedForm(),
      h('h3', {}, 'Snapshots'),
      snapshotForm(),
      h('h3', {}, 'Archive'),
      archiveForm(),
      h('h3', {}, 'Reset'),
      resetForm(),
    ),
  };
}
