import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';

import type { components, paths } from './api.js';

type Video = components['schemas']['Video'];

export const clientOf = (baseUrl: string) => createClient<paths>({ baseUrl });

// What the client of a test does, every body and every response of it typed.
export async function tour(baseUrl: string): Promise<void> {
  const api = clientOf(baseUrl);

  const added = await api.POST('/__admin/videos', { body: { OriginalFileName: 'clip.mp4', state: 'Processing' } });
  const video: Video | undefined = added.data;
  assert.ok(video);
  const path = { id: video.Id };

  const fault = await api.POST('/__admin/faults', {
    body: { match: { operation: 'GetStatus' }, times: 1, action: { status: 503, headers: { 'Retry-After': '2' } } },
  });
  assert.equal((await fetch(`${baseUrl}/api/Videos/${video.Id}/Status`)).status, 503);
  const fired = await api.GET('/__admin/faults/{id}', { params: { path: { id: fault.data?.id ?? 0 } } });
  assert.equal(fired.data?.fired, 1);

  const clock = await api.PUT('/__admin/clock', { body: { action: 'advance', durationMillis: 600_000 } });
  assert.equal(clock.data?.fired[0]?.to, 'Completed');
  const waited = await api.POST('/__admin/videos/{id}/wait', { params: { path }, body: { state: 'Completed' } });
  assert.equal(waited.data?.state, 'Completed');

  const listed = await api.GET('/__admin/requests', { params: { query: { limit: 1 } } });
  assert.equal(listed.data?.requests[0]?.operation, 'GetStatus');
  const missed = await api.POST('/__admin/requests/wait', { body: { pattern: { operation: 'GetKey' }, timeoutMillis: 0 } });
  assert.equal(missed.data, undefined);
  assert.ok(missed.error && 'nearMisses' in missed.error);

  const gone = await api.GET('/__admin/videos/{id}', { params: { path: { id: '00000000-0000-0000-0000-000000000000' } } });
  assert.ok(gone.error && 'hint' in gone.error);
  assert.equal((await api.POST('/__admin/reset', { body: { keep: ['clock'] } })).response.status, 200);
}
