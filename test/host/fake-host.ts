/** An engine host with a fake model: the first file of a process that tests start, harm and kill. */
import process from 'node:process';
import type { HostRequest } from '../../src-main/host/protocol.ts';
import { serve } from '../../src-main/host/serve.ts';
import { loadFake } from './fake-served-model.ts';

serve(
  {
    post: (reply) => process.send?.(reply),
    onMessage: (listener) => process.on('message', (request) => listener(request as HostRequest)),
  },
  loadFake,
);
process.on('disconnect', () => process.exit());
