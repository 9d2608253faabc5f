/** Bridges the sandboxed page to main. Main checks every request; the preload has no list of requests. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Api, PushEvents, PushName, Reply } from './contract/api.ts';
import { pushChannel, requestChannel } from './contract/api.ts';
import type { RequestArgument, RequestName, RequestResult } from './contract/requests.ts';

type Listener = (payload: unknown) => void;
const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(pushChannel, (_event, name: string, payload: unknown) => {
  for (const listener of [...(listeners.get(name) ?? [])]) listener(payload);
});

const api: Api = {
  async request<Name extends RequestName>(name: Name, argument: RequestArgument<Name>) {
    return (await ipcRenderer.invoke(requestChannel, name, argument)) as Reply<RequestResult<Name>>;
  },
  on<Name extends PushName>(name: Name, listener: (payload: PushEvents[Name]) => void): () => void {
    const receive: Listener = (payload) => listener(payload as PushEvents[Name]);
    const ofName = listeners.get(name) ?? new Set();
    listeners.set(name, ofName.add(receive));
    return () => void ofName.delete(receive);
  },
};

contextBridge.exposeInMainWorld('api', api);
