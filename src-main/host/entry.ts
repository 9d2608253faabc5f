/** The engine host's first file: runs in a utility process and serves the model to main. */
import process from 'node:process';
import type { ParentPort } from 'electron';
import { loadModel } from '../runtime/load.ts';
import type { HostRequest } from './protocol.ts';
import { serve } from './serve.ts';

const parentPort: ParentPort = process.parentPort;

serve(
  {
    post: (reply) => parentPort.postMessage(reply),
    onMessage: (listener) => {
      parentPort.on('message', (event) => listener(event.data as HostRequest));
    },
  },
  loadModel,
);
