/**
 * Promises that an AbortSignal can end.
 */

/**
 * The promise that `start(resolve, reject)` settles. It rejects as soon as `signal` is aborted,
 * after `stop()`. No listener is left when it is settled.
 */
export async function abortable(signal, start, stop = () => {}) {
  signal?.throwIfAborted();
  let onAbort;
  try {
    return await new Promise((resolve, reject) => {
      onAbort = () => {
        stop();
        reject(signal.reason);
      };
      signal?.addEventListener('abort', onAbort);
      start(resolve, reject);
    });
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Resolves after so many milliseconds. */
export function wait(millis, signal) {
  let timer;
  return abortable(
    signal,
    (resolve) => {
      timer = setTimeout(resolve, millis);
    },
    () => clearTimeout(timer),
  );
}
