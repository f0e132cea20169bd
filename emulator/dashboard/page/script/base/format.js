/**
 * Numbers, sizes and times as people read them.
 */

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** "0 bytes", "138 KiB", "1.4 GiB". */
export function formatBytes(bytes) {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** A span of time: "240 ms", "3.2 s", "1 min 5 s", "2 h 3 min". */
export function formatSpan(millis) {
  const total = Math.max(0, millis);
  if (total < 1000) return `${Math.round(total)} ms`;
  if (total < 10_000) return `${(total / 1000).toFixed(1)} s`;
  const seconds = Math.round(total / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${Math.floor(hours / 24)} days`;
}

/** Whole seconds for a countdown, so that its width does not jump: "12 s", "4:07". */
export function formatCountdown(millis) {
  const seconds = Math.max(0, Math.ceil(millis / 1000));
  if (seconds < 60) return `${seconds} s`;
  const rest = String(seconds % 60).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${rest}`;
  return `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${rest}`;
}

/** The length of a video in seconds: "0:05", "1:02:03". */
export function formatDuration(seconds) {
  const whole = Math.round(seconds);
  const pad = (number) => String(number).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${pad(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(whole % 60)}`;
}

/** The time of day of an instant in milliseconds, in UTC: "10:11:13.841". */
export function formatTime(millis, withMillis = true) {
  return new Date(millis).toISOString().slice(11, withMillis ? 23 : 19);
}

/** "2026-11-26 10:11:13 UTC". */
export function formatInstant(millis) {
  return `${new Date(millis).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** "1 video", "3 videos". */
export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** The first part of a GUID. */
export function shortId(id) {
  return id.split('-')[0];
}

/** Bytes as lower-case hexadecimal digits. */
export function toHex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
