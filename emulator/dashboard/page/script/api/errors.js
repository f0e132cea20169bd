/**
 * Errors of the APIs, in their own words.
 */

/** A response that is an error; `title`, `detail` and `hint` are the API's words. */
export class ApiError extends Error {
  constructor(status, { title, detail = '', hint = '' }) {
    super(detail ? `${title}: ${detail}` : title);
    this.name = 'ApiError';
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.hint = hint;
  }
}

function fromJson(text, fallback) {
  try {
    const { title, detail, hint, message, Message, error } = JSON.parse(text);
    return { title: title ?? message ?? Message ?? error ?? fallback, detail, hint };
  } catch {
    return { title: fallback, detail: text };
  }
}

// Blob endpoint: <Error><Code>…</Code><Message>…</Message>; connector: a page with a <TITLE>.
function fromMarkup(text, type, fallback) {
  const find = (tag) => new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`, 'i').exec(text)?.[1].trim();
  if (type.includes('html'))
    return { title: find('h2') ?? find('title') ?? fallback, detail: find('h3') ?? '' };
  return {
    title: find('Code') ?? fallback,
    detail: find('Message') ?? '',
    hint: find('AuthenticationErrorDetail') ?? '',
  };
}

/**
 * What a response says that is an error.
 * @param {{status: number, reason: string, type: string, text: string}} response
 */
export function errorOf({ status, reason, type, text }) {
  const fallback = `${status} ${reason}`.trim();
  if (type.includes('json')) return new ApiError(status, fromJson(text, fallback));
  if (type.includes('xml') || type.includes('html'))
    return new ApiError(status, fromMarkup(text, type, fallback));
  return new ApiError(status, { title: fallback, detail: text.slice(0, 500) });
}

/** The request got no response at all. */
export function connectionError() {
  return new ApiError(0, {
    title: 'No response',
    detail: 'The connection ended before a response came, or the emulator does not answer.',
  });
}
