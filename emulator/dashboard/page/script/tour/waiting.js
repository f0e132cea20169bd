/**
 * Waiting and checking in the tour.
 */

const PATIENCE_MILLIS = 30_000;
const INTERVAL_MILLIS = 50;

/** Resolves to what `look` finds, as soon as it finds something. */
export async function until(what, look) {
  const deadline = performance.now() + PATIENCE_MILLIS;
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MILLIS));
  }
}

function errorIn(detail) {
  if (detail instanceof Error) return detail.message;
  return (
    Object.values(detail ?? {})
      .map(({ error }) => error?.message)
      .find(Boolean) ?? ''
  );
}

/** Throws `text` unless `isTrue`; `detail`: an error, or steps of which one has an error. */
export function expect(isTrue, text, detail = null) {
  if (!isTrue) throw new Error([text, errorIn(detail)].filter(Boolean).join(': '));
}
