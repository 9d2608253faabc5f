import { contextBridge, ipcRenderer } from 'electron';
import type { Api, PushEvents, PushName, Reply, RequestName, RequestResults } from './contract/api.ts';

// Written out and not taken from requestSchemas, which would bring the whole parser into the preload.
const requests: Readonly<Record<RequestName, true>> = {
  'conversations-list': true,
  'conversation-open': true,
  'conversation-create': true,
  'conversation-begin': true,
  'conversation-rename': true,
  'conversation-set-system-prompt': true,
  'conversation-star': true,
  'conversation-archive': true,
  'conversation-delete': true,
  'conversation-restore': true,
  'conversations-empty': true,
  'conversation-show': true,
  'drafts-list': true,
  'draft-write': true,
  'message-edit': true,
  'answer-send': true,
  'answer-regenerate': true,
  'answer-continue': true,
  'answer-stop': true,
  'answer-tokens': true,
  'answer-inspect': true,
  'answers-running': true,
  'engine-status': true,
  'engine-restart': true,
  'engine-measure': true,
  'settings-read': true,
  'settings-write': true,
  'clipboard-write': true,
  'questions-recent': true,
  'presets-list': true,
  'preset-save': true,
  'preset-delete': true,
  'prompt-count': true,
  'comparisons-list': true,
  'comparison-open': true,
  'comparison-start': true,
  'comparison-resume': true,
  'comparison-rerun': true,
  'comparison-add-columns': true,
  'comparison-stop': true,
  'comparison-describe': true,
  'comparison-delete': true,
  'comparison-running': true,
  'vote-add': true,
  'votes-list': true,
  leaderboard: true,
  'comparison-export': true,
  'chart-save': true,
  'clipboard-write-chart': true,
  'comparison-import': true,
  'document-list': true,
  'document-create': true,
  'document-open': true,
  'document-write': true,
  'document-rename': true,
  'document-delete': true,
  'document-restore': true,
  'document-versions': true,
  'document-version-open': true,
  'document-version-restore': true,
  'rewrite-start': true,
  'rewrite-prepare': true,
  'rewrite-pending': true,
  'rewrite-stop': true,
  'rewrite-decide': true,
  'actions-list': true,
  'action-save': true,
  'action-delete': true,
};

const pushes: Readonly<Record<PushName, true>> = {
  'run-events': true,
  'run-changed': true,
  'engine-status': true,
  'menu-command': true,
  'conversations-changed': true,
  'comparison-running': true,
  'comparisons-changed': true,
  'documents-changed': true,
};

const api: Api = {
  async request<Name extends RequestName>(
    name: Name,
    argument: unknown,
  ): Promise<Reply<RequestResults[Name]>> {
    if (!Object.hasOwn(requests, name)) return refusal(name);
    return (await ipcRenderer.invoke(name, argument)) as Reply<RequestResults[Name]>;
  },
  on<Name extends PushName>(name: Name, listener: (payload: PushEvents[Name]) => void): () => void {
    if (!Object.hasOwn(pushes, name)) return () => undefined;
    const receive = (_event: unknown, payload: PushEvents[Name]) => listener(payload);
    ipcRenderer.on(name, receive);
    return () => {
      ipcRenderer.off(name, receive);
    };
  },
};

function refusal(name: string): Reply<never> {
  return {
    ok: false,
    error: { code: 'message-invalid', message: `There is no request ${name}.`, details: {} },
  };
}

contextBridge.exposeInMainWorld('api', api);
