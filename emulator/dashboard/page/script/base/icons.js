/**
 * The pictures of buttons and states: outlines of 24 × 24, drawn in the colour of the text.
 */
import { s } from './dom.js';

const PATHS = {
  videos: 'M4 5h16v14H4zM4 9h16M8 5v4M12 5v4M16 5v4M10.5 12v4.5l4-2.25z',
  upload: 'M12 16V5M7.5 9.5 12 5l4.5 4.5M5 15v4h14v-4',
  traffic: 'M4 7h13M14 4l3 3-3 3M20 17H7M10 14l-3 3 3 3',
  control: 'M5 4v6M5 14v6M12 4v10M12 18v2M19 4v2M19 10v10M3 12h4M10 16h4M17 8h4',
  api: 'M8 5 3 12l5 7M16 5l5 7-5 7M13.5 4l-3 16',
  play: 'M7 4.5v15l12-7.5z',
  pause: 'M8 5v14M16 5v14',
  stop: 'M6 6h12v12H6z',
  check: 'M4.5 12.5 10 18 19.5 6.5',
  cross: 'M6 6l12 12M18 6 6 18',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2',
  warning: 'M12 4 2.5 20h19zM12 10v4.5M12 17v.5',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  key: 'M14.5 9.5a4 4 0 1 0-4 4 4 4 0 0 0 4-4M13.3 12.3 20 19v2M17 16l-2 2',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.500 10.500',
  system: 'M3 5h18v11H3zM9 20h6M12 16v4',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  skip: 'M5 5v14l9-7zM18 5v14',
  bolt: 'M13 2 5 14h6l-1 8 8-12h-6z',
  film: 'M4 4h16v16H4zM8 4v16M16 4v16M4 8h4M4 12h16M4 16h4M16 8h4M16 16h4',
  dot: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8',
  pending: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12h.01M12 12h.01M16 12h.01',
  download: 'M12 4v11M7.5 11 12 15.500 16.500 11M5 20h14',
  camera: 'M4 7h4l2-3h4l2 3h4v12H4zM12 9.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7',
  reset: 'M4 12a8 8 0 1 0 2.500-5.800M4 4v5h5',
  flag: 'M6 21V4h11l-2 4 2 4H6',
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13M15.500 15.500 21 21',
};

/** The picture `name`; it has no name of its own for screen readers. */
export function icon(name, size = 18) {
  return s(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true' },
    s('path', { d: PATHS[name] }),
  );
}
