/** Entry point of the engine host: a utility process that serves the model to main. */
import process from 'node:process';
import type { ParentPort } from 'electron';
import { loadModel } from '../runtime/load.ts';
import { VerificationRecord } from '../runtime/verification-record.ts';
import type { HostMessage } from './protocol.ts';
import { serve } from './serve.ts';

const parentPort: ParentPort = process.parentPort;

serve(
  {
    post: (reply) => parentPort.postMessage(reply),
    onMessage: (listener) => {
      parentPort.on('message', (event) => listener(event.data as HostMessage));
    },
  },
  ({ directory, provider, installed, record }) =>
    loadModel(directory, provider, installed, new VerificationRecord(record)),
);
