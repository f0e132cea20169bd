/**
 * The views of the page, by the fragment of its address: "#/videos/<id>?play=1".
 */

/**
 * @typedef {{parts: string[], parameters: URLSearchParams}} Route
 * A view is a function (main, route) that fills `main`; it may return a function that ends it.
 */

// The address may have been typed, with a "%" that encodes nothing.
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What the address says. */
export function currentRoute() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return {
    parts: path.split('/').filter(Boolean).map(decoded),
    parameters: new URLSearchParams(query),
  };
}

/** Goes to "/videos/<id>". */
export function go(path) {
  location.hash = `#${path}`;
}

/**
 * Shows the view of the address, now and after each change of it.
 * @param {HTMLElement} main
 * @param {Object<string, {title: string, show: Function}>} views by the first part of the path
 * @param {(name: string) => void} onChange
 */
export function startRouter(main, views, onChange) {
  let end = null;
  const show = (isFirst) => {
    if (location.hash && !location.hash.startsWith('#/')) return; // A link within the page.
    const route = currentRoute();
    const name = views[route.parts[0]] ? route.parts[0] : Object.keys(views)[0];
    end?.();
    main.replaceChildren();
    main.scrollTop = 0;
    document.title = `${views[name].title} · Media Services Connector Emulator`;
    end = views[name].show(main, route) ?? null;
    onChange(name);
    if (!isFirst) (main.querySelector('h1') ?? main).focus({ preventScroll: true });
  };
  window.addEventListener('hashchange', () => show(false));
  show(true);
}
