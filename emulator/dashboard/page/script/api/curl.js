/**
 * Requests as commands of curl.
 */

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * @param {{method: string, url: string, headers?: Object<string, string|string[]>, body?: string, file?: string}} request
 *   `file`: the name of a file that is the body.
 */
export function curlOf({ method, url, headers = {}, body, file }) {
  const lines = [
    `curl -i${method === 'GET' ? '' : method === 'HEAD' ? ' --head' : ` -X ${method}`} ${quote(url)}`,
  ];
  for (const [name, values] of Object.entries(headers)) {
    for (const value of [values].flat()) lines.push(`-H ${quote(`${name}: ${value}`)}`);
  }
  if (file) lines.push(`--data-binary ${quote(`@${file}`)}`);
  else if (body !== undefined) lines.push(`-d ${quote(body)}`);
  return lines.join(' \\\n  ');
}
