/**
 * What a test or a person does to the emulator: its clock, its faults, its state.
 */
import { fill, h } from '../base/dom.js';
import { clockPanel } from './clock_panel.js';
import { faultPanel } from './fault_panel.js';
import { programPanel } from './program_panel.js';
import { statePanel } from './state_panel.js';

/** The view. */
export function controlView(main) {
  const clock = clockPanel();
  const faults = faultPanel();
  fill(
    main,
    h('h1', { tabindex: '-1' }, 'Control'),
    h(
      'div',
      { class: 'control-columns' },
      h('div', { class: 'stack' }, clock.element, programPanel().element, statePanel().element),
      h('div', { class: 'stack' }, faults.element),
    ),
  );
  return () => {
    clock.end();
    faults.end();
  };
}
