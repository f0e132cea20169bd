/**
 * The encryption of uploads: AES-256-CTR with the key and IV of the created video, without padding.
 * Each block is encrypted alone, so that an upload can pause and retry.
 */

const CIPHER_BLOCK = 16;

const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// The IV with the number of the cipher block added to its lower half, big-endian.
function counterAt(iv, offset) {
  const counter = new Uint8Array(iv);
  const view = new DataView(counter.buffer);
  view.setBigUint64(8, BigInt.asUintN(64, view.getBigUint64(8) + BigInt(offset / CIPHER_BLOCK)));
  return counter;
}

/** Whether the browser can encrypt here: it can on localhost and over HTTPS. */
export function canEncrypt() {
  return Boolean(globalThis.crypto?.subtle);
}

/**
 * A function that encrypts the bytes at an offset, which is a multiple of 16.
 * @param {string} keyBase64
 * @param {string} ivBase64
 * @returns {Promise<(bytes: ArrayBuffer, offset: number) => Promise<ArrayBuffer>>}
 */
export async function ctrCipher(keyBase64, ivBase64) {
  const key = await crypto.subtle.importKey('raw', fromBase64(keyBase64), 'AES-CTR', false, [
    'encrypt',
  ]);
  const iv = fromBase64(ivBase64);
  return (bytes, offset) =>
    crypto.subtle.encrypt(
      { name: 'AES-CTR', counter: counterAt(iv, offset), length: 64 },
      key,
      bytes,
    );
}
