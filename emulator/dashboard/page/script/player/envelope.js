/**
 * The decryption of fragments and initialization segments: each is AES-128-CBC as a whole, with
 * PKCS#7 padding.
 */
import { ApiError } from '../api/errors.js';

const FIRST_BOXES = new Set(['ftyp', 'moof', 'styp', 'sidx', 'emsg', 'prft', 'uuid']);

const UNREADABLE = 'The fragment cannot be decrypted';

/** The key, to be used by `decrypt`. */
export function importKey(bytes) {
  return crypto.subtle.importKey('raw', bytes, 'AES-CBC', false, ['decrypt']);
}

function boxOf(bytes) {
  return String.fromCharCode(...bytes.subarray(4, 8));
}

/** The clear fragment. Throws an error that says what is wrong: the key, or the IV. */
export async function decrypt(bytes, key, iv) {
  let clear;
  try {
    clear = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, key, bytes));
  } catch {
    throw new ApiError(0, {
      title: UNREADABLE,
      detail:
        'Its padding is wrong after the decryption: this is not the key that it was encrypted with.',
    });
  }
  if (!FIRST_BOXES.has(boxOf(clear))) {
    throw new ApiError(0, {
      title: UNREADABLE, // With one wrong key of 256 the padding is right by chance.
      detail:
        'Its first 16 bytes are wrong, so it does not begin with a box: the IV or the key is another one.',
    });
  }
  return clear;
}

/** The same bytes with one bit changed. */
export function broken(bytes) {
  const copy = Uint8Array.from(bytes);
  copy[7] ^= 0x40;
  return copy;
}
