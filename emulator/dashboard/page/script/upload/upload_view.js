/**
 * The uploads of this page.
 */
import { fill, h } from '../base/dom.js';
import { emptyState } from '../base/parts.js';
import { clock } from '../live/clock.js';
import { videos } from '../live/videos.js';
import { dropZone } from './drop_zone.js';
import { uploadCard } from './upload_card.js';
import { uploads } from './uploads.js';

/** The view. */
export function uploadView(main) {
  const list = h('div', { class: 'stack' });
  const cards = new Map();
  const nothing = emptyState(
    'upload',
    'No upload yet',
    'What a client would send appears here, step by step, with each request as curl.',
  );
  const draw = () => {
    for (const upload of uploads.list)
      if (!cards.has(upload)) cards.set(upload, uploadCard(upload));
    for (const upload of cards.keys()) if (!uploads.list.includes(upload)) cards.delete(upload);
    const elements = uploads.list.length
      ? uploads.list.map((upload) => cards.get(upload).element)
      : [nothing];
    if (
      list.childElementCount !== elements.length ||
      elements.some((element, index) => list.children[index] !== element)
    )
      fill(list, elements);
    for (const { update } of cards.values()) update();
  };
  fill(main, h('h1', { tabindex: '-1' }, 'Upload'), dropZone(), list);
  draw();
  const ends = [uploads.watch(draw), videos.watch(draw), clock.watch(draw)];
  const ticking = setInterval(draw, 500);
  return () => {
    for (const end of ends) end();
    clearInterval(ticking);
  };
}
