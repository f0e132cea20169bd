/**
 * What the page says about a video, in words.
 */
import { formatBytes, formatCountdown, formatDuration, shortId } from '../base/format.js';
import { clock } from '../live/clock.js';

/** The name that the client gave. */
export function nameOf(video) {
  return video.originalName || video.OriginalFileName;
}

export function isProtected(video) {
  return video.ContentProtectionMode === 'AES128';
}

export function isInputEncrypted(video) {
  return video.InputStorageEncryptionMode === 'AES256';
}

/** Size, length and id in one line; unknown parts are left out. */
export function summaryOf(video) {
  const parts = [];
  if (video.upload?.bytes) parts.push(formatBytes(video.upload.bytes));
  if (video.Duration > 0) parts.push(formatDuration(video.Duration));
  parts.push(shortId(video.Id));
  return parts.join(' · ');
}

/** "12 s left": what a processing video still needs by the clock; empty if that is not known. */
export function timeLeft(video) {
  const next = clock.pending.get(video.Id);
  if (video.state !== 'Processing' || !next) return '';
  const left = next.at - clock.now();
  if (clock.mode === 'frozen') return `${formatCountdown(left)} left, clock frozen`;
  return left > 0 ? `${formatCountdown(left / clock.factor)} left` : 'any moment';
}

/** What the packaging of a video does: "Packaging 40 %"; empty if there is nothing to say. */
export function mediaNote({ media }) {
  if (!media) return '';
  const { state = '', phase = '', percent } = media;
  if (/^(ready|done|none|off|packaged|completed)$/i.test(state)) return '';
  if (/fail/i.test(state)) return media.reason ?? media.message ?? 'Packaging failed';
  const words = phase || state;
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}${Number.isFinite(percent) ? ` ${Math.round(percent)} %` : ''}`;
}

/** How far a processing video is by the clock, 0 to 1; null if that is not known. */
export function processingPart(video) {
  const next = clock.pending.get(video.Id);
  const began = video.history?.findLast(({ to }) => to === 'Processing');
  if (video.state !== 'Processing' || !next || !began) return null;
  const from = Date.parse(began.at);
  return Math.min(1, Math.max(0, (clock.now() - from) / (next.at - from || 1)));
}
