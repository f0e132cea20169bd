/**
 * The tokens that open content keys: simple web tokens, percent-encoded pairs with a signature.
 */

const PREFIX = 'Bearer=';
const SIGNATURE = 'HMACSHA256';

const decode = (text) => decodeURIComponent(text.replaceAll('+', ' '));

/** The token itself, of the value that AuthorizationToken answers. */
export function tokenOf(value) {
  return value.startsWith(PREFIX) ? value.slice(PREFIX.length) : value;
}

/**
 * The claims in order, with the last part of their names.
 * @returns {{name: string, fullName: string, value: string}[]}
 */
export function claimsOf(token) {
  return token.split('&').map((pair) => {
    const [fullName, value = ''] = pair.split('=', 2).map(decode);
    return { name: fullName.split(/[:/]/).at(-1), fullName, value };
  });
}

/** When it expires, in milliseconds since 1970; null if it does not say. */
export function expiryOf(token) {
  const claim = claimsOf(token).find(({ name }) => name === 'ExpiresOn');
  return claim ? Number(claim.value) * 1000 : null;
}

/** The same token with another signature, as a forger would send it. */
export function forged(token) {
  return token.replace(
    new RegExp(`(${SIGNATURE}=)(.)`),
    (_, name, letter) => name + (letter === 'A' ? 'B' : 'A'),
  );
}
