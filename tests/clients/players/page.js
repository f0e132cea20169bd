// Plays with the players of browsers; asks its own origin what to play, and reports there.
'use strict';

// Each begins to play `url` in `video`. `token`: for a header; `fail` is called with a reason if the player gives up.
const players = {
  native({ url, readable }, video) {
    if (readable) video.crossOrigin = 'anonymous';
    video.src = url;
  },

  hlsjs({ url, token }, video, fail) {
    const player = new Hls({
      xhrSetup(request) {
        if (token) request.setRequestHeader('Authorization', token);
      },
    });
    player.on(Hls.Events.ERROR, (_, { fatal, details, response }) => {
      if (fatal) fail(`${details} ${response?.code}`);
    });
    player.loadSource(url);
    player.attachMedia(video);
    return () => player.destroy();
  },

  shaka({ url, token }, video, fail) {
    shaka.polyfill.installAll();
    const player = new shaka.Player();
    const begin = async () => {
      await player.attach(video);
      player.getNetworkingEngine().registerRequestFilter((type, request) => {
        if (token && type === shaka.net.NetworkingEngine.RequestType.KEY) request.headers.Authorization = token;
      });
      await player.load(url);
    };
    const report = (error) => fail(error.data ? `${error.code} ${JSON.stringify(error.data)}` : error);
    player.addEventListener('error', ({ detail }) => report(detail));
    begin().catch(report);
    return () => player.destroy();
  },

  dashjs({ url }, video, fail) {
    const player = dashjs.MediaPlayer().create();
    player.on(dashjs.MediaPlayer.events.ERROR, ({ error }) => fail(`${error.code} ${error.message}`));
    player.initialize(video, url, true);
    return () => player.destroy();
  },

  rx({ url }, video, fail) {
    const player = new RxPlayer({ videoElement: video });
    player.addEventListener('error', (error) => fail(`${error.code} ${error.message}`));
    player.loadVideo({ url, transport: 'smooth', autoPlay: true });
    return () => player.dispose();
  },
};

const patience = 30_000; // For a player that does nothing.
const videos = [];

// A muted video, which may play without being asked to, with a caption.
function addVideo(caption) {
  const figure = document.createElement('figure');
  const video = document.createElement('video');
  Object.assign(video, { muted: true, autoplay: true, playsInline: true });
  figure.append(video, caption);
  document.body.append(figure);
  return video;
}

// Resolves when the picture that is shown is at least as far.
const reached = (video, seconds) =>
  new Promise((resolve) => {
    const look = () => {
      if (video.currentTime < seconds || video.seeking || video.readyState < 2) return;
      video.removeEventListener('timeupdate', look);
      resolve();
    };
    video.addEventListener('timeupdate', look);
  });

// From the beginning, then a later fragment, then the end.
async function watch(video, { seek }) {
  await reached(video, 0.5);
  video.currentTime = seek;
  await reached(video, seek + 0.5);
  video.currentTime = video.duration - 1;
  await reached(video, video.duration - 0.3);
}

// How many different colours are in the picture; throws if the page may not read it.
function countColours(video) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 32, height: 18 });
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return new Set(Array.from({ length: data.length / 4 }, (_, i) => data.slice(4 * i, 4 * i + 3).join())).size;
}

const tasks = {
  async play(task) {
    const video = addVideo(task.caption);
    let stop = () => video.removeAttribute('src');
    const failed = new Promise((_, reject) => {
      const fail = (reason) => reject(new Error(reason));
      video.addEventListener('error', () => fail(`${video.error.code} ${video.error.message}`));
      stop = players[task.player](task, video, fail) ?? stop;
    });
    const stalled = new Promise((_, reject) => setTimeout(() => {
      reject(new Error(`it stays at ${video.currentTime} s of ${video.duration} s, state ${video.readyState}`));
    }, patience));
    stalled.catch(() => {});
    try {
      await Promise.race([failed, stalled, watch(video, task)]);
    } catch (error) {
      stop();
      video.parentElement.remove();
      throw error;
    }
    videos.push(video);
    return {
      width: video.videoWidth,
      height: video.videoHeight,
      duration: video.duration,
      time: video.currentTime,
      frames: video.getVideoPlaybackQuality().totalVideoFrames,
      colours: task.player === 'native' && !task.readable ? null : countColours(video),
    };
  },

  // All that have played, at once.
  async playAll() {
    await Promise.all(videos.map((video) => {
      video.currentTime = 2;
      return Promise.all([video.play(), reached(video, 2.5)]);
    }));
    return { playing: videos.filter(({ paused }) => !paused).length };
  },
};

async function main() {
  for (;;) {
    const task = await (await fetch('task')).json();
    const report = await tasks[task.name](task).catch((error) => ({ error: String(error.message) }));
    await fetch('report', { method: 'POST', body: JSON.stringify(report) });
  }
}

main();
