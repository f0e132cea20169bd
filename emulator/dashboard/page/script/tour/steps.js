/**
 * The six steps of the tour. Each does something, shows it, and says whether it was as expected.
 */
import { admin } from '../api/http.js';
import { formatBytes } from '../base/format.js';
import { go } from '../base/router.js';
import { clock } from '../live/clock.js';
import { faults } from '../live/faults.js';
import { videos } from '../live/videos.js';
import { explainLast } from '../player/explain_last.js';
import { currentPlayer } from '../player/current_player.js';
import { canEncrypt } from '../upload/ctr_cipher.js';
import { sampleClip, uploads } from '../upload/uploads.js';
import { CATALOGUE } from '../control/fault_catalogue.js';
import { expect, until } from './waiting.js';

const upload = async (tour, name) => {
  go('/upload');
  tour.upload = uploads.start(await sampleClip(), {
    name,
    isProtected: true,
    isEncrypted: canEncrypt(),
  });
  expect((await tour.upload.ended) === 'done', 'the upload ended otherwise', tour.upload.steps);
  return tour.upload.video.Id;
};

// Moves the clock to the instant at which the video is completed.
async function passProcessing(id) {
  await clock.load();
  const next = clock.pending.get(id);
  if (next)
    await clock.change({
      action: 'advance',
      durationMillis: Math.max(1, Math.ceil(next.at - clock.now())),
    });
}

async function play(tour, breaks) {
  go(`/videos/${tour.id}`);
  const player = await until('the player', () => currentPlayer(tour.id));
  await player.start(tour.id, breaks);
  await until('the picture', () => player.state === 'playing' || player.state === 'ended');
  return player;
}

/** {title, words, run(tour)}; `run` resolves to what was seen, or throws. */
export const STEPS = [
  {
    title: 'Upload a protected video',
    words:
      'The page does what a client does: it creates the video, encrypts each block in the browser, and puts the blocks straight to the upload URL.',
    async run(tour) {
      tour.id = await upload(tour, 'tour.mp4');
      return `${formatBytes(tour.upload.file.size)} in ${tour.upload.blocks.length} blocks`;
    },
  },
  {
    title: 'Let the service process it',
    words:
      'Processing takes time. The clock belongs to the emulator: it goes to the instant at which the video is completed.',
    async run(tour) {
      go(`/videos/${tour.id}`);
      await passProcessing(tour.id);
      await admin(`/videos/${tour.id}/wait`, {
        method: 'POST',
        json: { state: 'Completed', timeoutMillis: 30_000 },
      });
      await videos.read(tour.id);
      return 'the video is Completed';
    },
  },
  {
    title: 'Play it',
    words:
      'Manifest, token, key, fragments: the page fetches and decrypts them itself, and hands them to the browser.',
    async run(tour) {
      const player = await play(tour, 'nothing');
      const claims = player.steps.token.token;
      expect(claims, 'no token was needed');
      return 'a token opened the key, and the key the fragments';
    },
  },
  {
    title: 'Forge the token',
    words:
      'The same video with a token whose signature is wrong: the key is refused, and the emulator says why.',
    async run(tour) {
      const refused = await play(tour, 'token').then(
        () => null,
        (error) => error,
      );
      expect(refused?.status === 401, 'the key was not refused', refused);
      const { url } = currentPlayer(tour.id).steps.key.request;
      const explanation = await explainLast('GetKey', 401, url);
      expect(explanation, 'the refused request is not in the journal');
      return `401: ${explanation.because.join('; ')}`;
    },
  },
  {
    title: 'Break the network',
    words: 'A fault answers two blocks with 503. The upload notices, waits, and tries again.',
    async run(tour) {
      const fault = await faults.add(CATALOGUE.find(({ name }) => name === 'busy').fault);
      await upload(tour, 'tour-with-fault.mp4');
      const { fired } = await admin(`/faults/${fault.id}`);
      await faults.remove(fault.id);
      expect(fired === 2 && tour.upload.retries === 2, `the fault fired ${fired} times`);
      return 'two blocks were refused, and sent again';
    },
  },
  {
    title: 'Read what happened',
    words:
      'Every request is in the journal, with the reason for its answer. Open one: it shows headers, body, curl, and the explanation.',
    async run() {
      go('/traffic');
      const { count } = await admin('/requests/count', {
        method: 'POST',
        json: { operation: 'PutBlock', status: 503 },
      });
      expect(count >= 2, `${count} refused blocks are in the journal`);
      return `${count} refused blocks are in the journal`;
    },
  },
];
