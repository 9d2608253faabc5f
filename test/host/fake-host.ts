/** An engine host with a fake model: entry point of processes that tests start, crash and kill. */
import process from 'node:process';
import type { HostMessage } from '../../src-main/host/protocol.ts';
import { serve } from '../../src-main/host/serve.ts';
import { loadFake } from './fake-served-model.ts';

serve(
  {
    post: (reply) => process.send?.(reply),
    onMessage: (listener) => process.on('message', (message) => listener(message as HostMessage)),
  },
  loadFake,
  { delay: 20, pause: 1 },
);
process.on('disconnect', () => process.exit());
