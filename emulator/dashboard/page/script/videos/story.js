/**
 * What happened to a video, step by step: from the journal and from its history.
 */
import { count } from '../base/format.js';
import { admin } from '../api/http.js';

/** Operations that belong to the story, with their lane and words. */
const STEPS = {
  CreateVideo: ['upload', 'Created'],
  PutBlob: ['upload', 'Uploaded'],
  PutBlock: ['upload', 'Block', 'blocks'],
  PutBlockList: ['upload', 'Block list'],
  MarkComplete: ['upload', 'Marked complete'],
  GetStatus: ['processing', 'Status', 'polls'],
  GetPlaybackEndpoint: ['playback', 'Endpoint'],
  GetManifest: ['playback', 'Manifest'],
  GetAuthorizationToken: ['playback', 'Token'],
  GetKey: ['playback', 'Key'],
  GetFragment: ['playback', 'First fragment', 'fragments'],
};

export const LANES = [
  ['upload', 'Upload'],
  ['processing', 'Processing'],
  ['playback', 'Playback'],
];

/**
 * @typedef {{at: number, until: number, lane: string, title: string, count: number, isBad: boolean,
 *   requestId: number|null, status: number|null}} Step
 */

function stepOf({ id, operation, request, response }) {
  const [lane, title] = STEPS[operation];
  const isBad = response.status === 0 || response.status >= 400;
  return {
    at: request.loggedDate,
    until: request.loggedDate,
    lane,
    title,
    operation,
    count: 1,
    isBad,
    requestId: id,
    status: response.status,
  };
}

function transitionStep({ at, to }) {
  const time = Date.parse(at);
  return {
    at: time,
    until: time,
    lane: 'processing',
    title: to,
    operation: null,
    count: 1,
    isBad: to === 'Failed',
    requestId: null,
    status: null,
  };
}

// Many requests of one kind, one behind the other, are one step.
function joined(steps) {
  const result = [];
  for (const step of steps) {
    const last = result.findLast(({ lane }) => lane === step.lane);
    const several = STEPS[step.operation]?.[2];
    if (last && several && last.operation === step.operation && last.isBad === step.isBad) {
      last.until = step.at;
      last.count += 1;
      last.title = count(last.count, several.slice(0, -1), several);
    } else {
      result.push({ ...step });
    }
  }
  return result;
}

/**
 * The steps of `video`, oldest first.
 * @returns {Promise<Step[]>}
 */
export async function storyOf(video) {
  const { requests } = await admin('/requests/find', {
    method: 'POST',
    json: { videoId: video.Id },
  });
  const steps = requests.filter(({ operation }) => STEPS[operation]).map(stepOf);
  const transitions = (video.history ?? []).map(transitionStep);
  return joined([...steps, ...transitions].sort((one, other) => one.at - other.at));
}
