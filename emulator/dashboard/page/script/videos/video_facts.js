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
  if (left > 0) return `${formatCountdown(left / clock.factor)} left`;
  return mediaNote(video) || 'any moment';
}

/** What is being done with the upload as media: "Packaging 40 %"; empty if nothing is. */
export function mediaNote({ media }) {
  if (media?.state !== 'working') return '';
  const { phase, percent } = media;
  return `${phase[0].toUpperCase()}${phase.slice(1)} ${percent} %`;
}

/** The tracks of a video that can be played, or why it cannot be. */
export function mediaWords({ media }) {
  if (media?.state !== 'ready') return media?.problem ?? '';
  return media.tracks
    .map(({ codecs, bitrate, width, height }) =>
      [codecs, width && `${width}×${height}`, `${Math.round(bitrate / 1000)} kbit/s`]
        .filter(Boolean)
        .join(' '),
    )
    .join(', ');
}

/** How far a processing video is by the clock, 0 to 1; null if that is not known. */
export function processingPart(video) {
  const next = clock.pending.get(video.Id);
  const began = video.history?.findLast(({ to }) => to === 'Processing');
  if (video.state !== 'Processing' || !next || !began) return null;
  const from = Date.parse(began.at);
  return Math.min(1, Math.max(0, (clock.now() - from) / (next.at - from || 1)));
}
