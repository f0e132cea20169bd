/**
 * DASH manifests as the service wrote them: a period, adaptation sets with a segment timeline, and
 * envelope encryption.
 */

// Browsers that check for injected HTML take what a policy has passed. This one parses XML that
// never gets into the page.
const policy = globalThis.trustedTypes?.createPolicy('manifest', { createHTML: (text) => text });

/**
 * @typedef {{time: number, start: number, end: number}} Segment `time` in the timeline's units, `start` and `end` in
 *   seconds
 * @typedef {{kind: string, type: string, bandwidth: number, initUrl: string, segments: Segment[],
 *   urlOf: (segment: Segment) => string, protection: {iv: Uint8Array, keyUrl: string}|null}} Track
 */

const byName = (parent, name) => [...parent.getElementsByTagNameNS('*', name)];

/** The seconds of "PT1M10.315S". */
export function secondsOf(duration) {
  const [, hours = 0, minutes = 0, seconds = 0] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration ?? '') ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function ivOf(text) {
  const digits = text.replace(/^0x/i, '').padStart(32, '0');
  return Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
}

function protectionOf(set) {
  const [period] = byName(set, 'CryptoPeriod');
  if (!period) return null;
  const iv = period.getAttribute('IV');
  if (!iv) throw new Error('The CryptoPeriod of the manifest has no IV');
  return { iv: ivOf(iv), keyUrl: period.getAttribute('keyUriTemplate') };
}

function segmentsOf(timeline, timescale) {
  const segments = [];
  let time = 0;
  for (const entry of byName(timeline, 'S')) {
    const duration = Number(entry.getAttribute('d'));
    if (entry.hasAttribute('t')) time = Number(entry.getAttribute('t'));
    for (let repeat = Number(entry.getAttribute('r') ?? 0); repeat >= 0; repeat -= 1) {
      segments.push({ time, start: time / timescale, end: (time + duration) / timescale });
      time += duration;
    }
  }
  return segments;
}

function trackOf(set, manifestUrl) {
  const [representation] = byName(set, 'Representation').sort(
    (one, other) => other.getAttribute('bandwidth') - one.getAttribute('bandwidth'),
  );
  const [template] = byName(set, 'SegmentTemplate');
  const get = (name) => representation.getAttribute(name) ?? set.getAttribute(name) ?? '';
  const bandwidth = Number(get('bandwidth'));
  const expand = (text, time) =>
    text
      .replaceAll('$Bandwidth$', bandwidth)
      .replaceAll('$RepresentationID$', get('id'))
      .replaceAll('$Time$', time ?? '');
  const url = (name, time) => new URL(expand(template.getAttribute(name), time), manifestUrl).href;
  const timescale = Number(template.getAttribute('timescale') ?? 1);
  return {
    kind: get('contentType') || get('mimeType').split('/')[0],
    type: `${get('mimeType')}; codecs="${get('codecs')}"`,
    bandwidth,
    size: get('width') ? `${get('width')}×${get('height')}` : '',
    initUrl: url('initialization'),
    segments: segmentsOf(template, timescale),
    urlOf: (segment) => url('media', segment.time),
    protection: protectionOf(set),
  };
}

/**
 * The tracks of a manifest, the best quality of each.
 * @returns {{duration: number, tracks: Track[]}} `duration` in seconds
 */
export function parseManifest(text, manifestUrl) {
  const document = new DOMParser().parseFromString(
    policy ? policy.createHTML(text) : text,
    'application/xml',
  );
  const [mpd] = byName(document, 'MPD');
  if (!mpd || byName(document, 'parsererror').length > 0)
    throw new Error('This is not a DASH manifest');
  return {
    duration: secondsOf(mpd.getAttribute('mediaPresentationDuration')),
    tracks: byName(mpd, 'AdaptationSet').map((set) => trackOf(set, manifestUrl)),
  };
}
