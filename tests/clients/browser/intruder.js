// What a page of another origin can try against the control API at `url`.
'use strict';

const json = { 'Content-Type': 'application/json' };
const failure = '{"state":"Failed"}';

async function canRead(url, options) {
  try {
    return (await (await fetch(url, options)).text()) !== '';
  } catch {
    return false;
  }
}

// Whether `element`, once it is in the page, has anything of `url` to show.
function canShow(name, url, look) {
  return new Promise((resolve) => {
    const element = document.createElement(name);
    element.onload = () => resolve(look(element));
    element.onerror = () => resolve(false);
    element.src = url;
    document.body.append(element);
  });
}

const canListen = (url) =>
  new Promise((resolve) => {
    const events = new EventSource(url);
    events.onopen = () => resolve(true);
    events.onerror = () => {
      events.close();
      resolve(false);
    };
  });

// Posts `text` as a form does; the answer goes to a frame that nobody can look into.
function postForm(url, text) {
  return new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.name = 'answer';
    document.body.append(frame);
    const form = document.createElement('form');
    Object.assign(form, { action: url, method: 'post', enctype: 'text/plain', target: 'answer' });
    const field = document.createElement('input');
    Object.assign(field, { name: text.slice(0, -1), value: text.slice(-1) });
    form.append(field);
    document.body.append(form);
    frame.onload = () => resolve(false);
    form.submit();
  });
}

const attempts = {
  readByFetch: (url) => canRead(`${url}/requests`),
  readWithCredentials: (url) => canRead(`${url}/videos`, { credentials: 'include' }),
  readOpaquely: (url) => canRead(`${url}/videos`, { mode: 'no-cors' }),
  readState: (url) => canRead(`${url}/state`),
  readByFrame: (url) =>
    canShow('iframe', `${url}/videos`, (frame) => Boolean(frame.contentDocument?.body?.innerText)),
  readByScript: (url) => canShow('script', `${url}/videos`, () => false),
  readByImage: (url) => canShow('img', `${url}/videos`, (image) => image.width > 0),
  listen: (url) => canListen(`${url}/events`),
  reset: (url) => canRead(`${url}/reset`, { method: 'POST', headers: json, body: '{}' }),
  resetAsText: (url) => canRead(`${url}/reset`, { method: 'POST', mode: 'no-cors', body: '{}' }),
  resetByForm: (url) => postForm(`${url}/reset`, '{}'),
  resetByBeacon: async (url) =>
    navigator.sendBeacon(`${url}/reset`, new Blob(['{}'], { type: 'text/plain' })) && false,
  inject: (url) =>
    canRead(`${url}/faults`, { method: 'POST', mode: 'no-cors', body: '{"action":{"status":503}}' }),
  deleteRequests: (url) => canRead(`${url}/requests`, { method: 'DELETE' }),
  setState: (url, video) =>
    canRead(`${url}/videos/${video}/state`, { method: 'PUT', headers: json, body: failure }),
  shutDown: (url) => canRead(`${url}/shutdown`, { method: 'POST', headers: json, body: '{}' }),
};

// {mayReadElsewhere, succeeded: names of attempts that read something}
async function intrude(url, video) {
  const succeeded = [];
  for (const [name, attempt] of Object.entries(attempts)) {
    if (await attempt(url, video)) succeeded.push(name);
  }
  return { mayReadElsewhere: await canRead(url.replace('__admin', 'api/Formats')), succeeded };
}
