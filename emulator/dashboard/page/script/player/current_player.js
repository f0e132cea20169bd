/**
 * The player that is on the page now.
 */

let current = null;

/** Called by the panel: it is there, or with null it is gone. */
export function setCurrentPlayer(id, player) {
  current = player && { id, player };
}

/** The player of the video, if it is on the page. */
export function currentPlayer(id) {
  return current?.id === id ? current.player : null;
}
