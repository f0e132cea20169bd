// The types of fixtures/examples/node are those of openapi.json: what the emulator sends is what the library promises, and what
// the library takes is what the emulator takes. It only has to compile.
import type { components } from './api.js';
import type * as library from './library.js';

type Schemas = components['schemas'];

declare const sent: Schemas;
export const video: library.Video = sent.Video;
export const fault: library.Fault = sent.Fault;
export const clock: library.ClockState = sent.ClockState;
export const request: library.RecordedRequest = sent.RecordedRequest;
export const unmatched: library.RecordedRequest & { nearest: library.NearestRoute | null } = sent.UnmatchedRequest;
export const diagnostic: library.Diagnostic = sent.Diagnostic;
export const explanation: library.Explanation = sent.Explanation;
export const program: library.Program = sent.Program;

declare const taken: { video: library.NewVideo; fault: library.NewFault; pattern: library.RequestPattern;
  program: library.Program; step: library.Step };
export const newVideo: Schemas['NewVideo'] = taken.video;
export const newFault: Schemas['NewFault'] = taken.fault;
export const pattern: Schemas['RequestPattern'] = taken.pattern;
export const newProgram: Schemas['Program'] = taken.program;
export const step: Schemas['Step'] = taken.step;
