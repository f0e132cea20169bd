/**
 * The page: its frame, its views, and the connection to the emulator.
 */
import { fill, h, setText } from './base/dom.js';
import { formatTime } from './base/format.js';
import { icon } from './base/icons.js';
import { startRouter } from './base/router.js';
import { themeButton } from './base/theme.js';
import { controlView } from './control/control_view.js';
import { clock } from './live/clock.js';
import { connectionBanner, connectionChip } from './live/connection_view.js';
import { startLive } from './live/live.js';
import { referenceView } from './reference/reference_view.js';
import { tourButton } from './tour/tour_bar.js';
import { trafficView } from './traffic/traffic_view.js';
import { uploadView } from './upload/upload_view.js';
import { uploads } from './upload/uploads.js';
import { videosView } from './videos/videos_view.js';

const VIEWS = {
  videos: { title: 'Videos', picture: 'videos', show: videosView },
  upload: { title: 'Upload', picture: 'upload', show: uploadView },
  traffic: { title: 'Traffic', picture: 'traffic', show: trafficView },
  control: { title: 'Control', picture: 'control', show: controlView },
  api: { title: 'API', picture: 'api', show: referenceView },
};

function clockChip() {
  const time = h('span', { class: 'clock-time' });
  const mode = h('span', { class: 'clock-mode' });
  const chip = h(
    'a',
    { class: 'chip clock-chip', href: '#/control', title: "The emulator's clock, in UTC" },
    icon('clock', 16),
    time,
    mode,
  );
  const draw = () => {
    const now = formatTime(clock.now(), false);
    if (time.textContent !== now) time.textContent = now;
    setText(
      mode,
      clock.mode === 'real' ? 'UTC' : clock.mode === 'scaled' ? `×${clock.factor}` : clock.mode,
    );
    chip.dataset.mode = clock.mode;
  };
  clock.watch(draw);
  setInterval(draw, 250);
  draw();
  return chip;
}

function navigation() {
  const links = Object.entries(VIEWS).map(([name, { title, picture }]) =>
    h('a', { href: `#/${name}`, 'data-view': name }, icon(picture, 20), h('span', {}, title)),
  );
  const running = h('span', { class: 'nav-count', hidden: true });
  links[1].append(running);
  uploads.watch(() => {
    const active = uploads.list.filter((upload) => upload.isActive).length;
    running.hidden = active === 0;
    setText(running, String(active));
    running.setAttribute('aria-label', `${active} running`);
  });
  return links;
}

function start() {
  const main = document.getElementById('main');
  const links = navigation();
  fill(document.getElementById('navigation'), links);
  fill(
    document.getElementById('tools'),
    connectionChip(),
    clockChip(),
    tourButton(),
    themeButton(),
  );
  document.querySelector('.skip-link').addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
  });
  connectionBanner();
  startLive();
  startRouter(main, VIEWS, (current) => {
    for (const link of links) {
      if (link.dataset.view === current) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  });
}

start();
