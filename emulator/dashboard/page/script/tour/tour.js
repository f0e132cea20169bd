/**
 * The guided tour: one key a step, or all by itself with a report.
 */
import { Emitter } from '../base/emitter.js';
import { formatSpan } from '../base/format.js';
import { STEPS } from './steps.js';

class Tour extends Emitter {
  isOpen = false;
  isRunning = false;
  /** Of each step that was made: {title, isGood, seen, millis}. */
  report = [];
  id = null; // Of the video that the steps are about.
  upload = null;

  get next() {
    return STEPS[this.report.length] ?? null;
  }

  get isOver() {
    return this.isOpen && this.next === null;
  }

  open() {
    this.isOpen = true;
    this.report = [];
    this.changed();
  }

  close() {
    this.isOpen = false;
    this.changed();
  }

  /** Makes the next step. */
  async advance() {
    if (!this.isOpen || this.isRunning || !this.next) return;
    const { title, run } = this.next;
    const began = performance.now();
    this.isRunning = true;
    this.changed();
    const [isGood, seen] = await run(this).then(
      (words) => [true, words],
      (error) => [false, error.message],
    );
    this.isRunning = false;
    this.report = [...this.report, { title, isGood, seen, millis: performance.now() - began }];
    this.changed();
  }

  /** All steps, to the end. Resolves to the report, which can be sent as JSON. */
  async runAll() {
    this.open();
    while (this.next) await this.advance();
    return this.report.map(({ title, isGood, seen, millis }) => ({
      title,
      isGood,
      seen,
      took: formatSpan(millis),
    }));
  }
}

export const tour = new Tour();
