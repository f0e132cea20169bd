/**
 * The switch between the system's theme, light and dark.
 */
import { fill, h } from './dom.js';
import { icon } from './icons.js';

const THEMES = ['system', 'light', 'dark'];
const PICTURES = { system: 'system', light: 'sun', dark: 'moon' };

function store(theme) {
  try {
    if (theme === 'system') localStorage.removeItem('msc-theme');
    else localStorage.setItem('msc-theme', theme);
  } catch {
    // Without storage the choice ends with the page.
  }
}

/** A button that goes to the next theme. */
export function themeButton() {
  const element = h('button', { type: 'button', class: 'icon-button' });
  let theme = document.documentElement.dataset.theme ?? 'system';
  const draw = () => {
    const name = `Theme: ${theme}`;
    element.setAttribute('aria-label', name);
    element.title = name;
    fill(element, icon(PICTURES[theme]));
  };
  element.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    store(theme);
    draw();
  });
  draw();
  return element;
}
