import { askedWhen } from '../contract/chat.ts';
import type { Handlers } from '../contract/requests.ts';
import type { documentRequests } from '../contract/requests/documents.ts';
import type { HostClient } from '../host/client.ts';
import type { EngineLock } from '../runs/engine-lock.ts';
import type { CustomActions } from './custom-actions.ts';
import type { Documents } from './documents.ts';
import { inspectRewrite } from './inspect-rewrite.ts';
import type { Rewrites } from './rewrites.ts';

/** Answers the window's requests about documents, rewrites and custom actions. */
export function documentHandlers(
  documents: Documents,
  actions: CustomActions,
  rewrites: Rewrites,
  engine: Pick<HostClient, 'status' | 'call'>,
  lock: EngineLock,
): Handlers<keyof typeof documentRequests> {
  return {
    'document-list': () => documents.list(),
    'document-create': ({ title, text }) => documents.create(title, text),
    'document-open': ({ id }) => documents.open(id),
    'document-write': ({ id, text }) => documents.write(id, text),
    'document-rename': ({ id, title }) => documents.rename(id, title),
    'document-delete': ({ id }) => documents.delete(id),
    'document-restore': ({ id }) => documents.restore(id),
    'document-versions': ({ id }) => documents.versions(id),
    'document-version-open': ({ id, versionId }) => documents.versionText(id, versionId),
    'document-version-restore': ({ id, versionId }) => documents.restoreVersion(id, versionId),
    'rewrite-start': (request) => rewrites.start(request),
    'rewrite-prepare': (passage) => rewrites.prepare(passage),
    'rewrite-pending': () => rewrites.pending(),
    'rewrite-inspect': async ({ rewriteId, ...request }) =>
      inspectRewrite(engine, lock, { ...request, time: askedWhen(rewrites.open(rewriteId)) }),
    'rewrite-stop': ({ id }) => rewrites.stop(id),
    'rewrite-decide': ({ id, outcome }) => rewrites.decide(id, outcome),
    'actions-list': () => actions.list(),
    'action-save': ({ id, action }) => actions.save(id, action),
    'action-delete': ({ id }) => actions.delete(id),
  };
}
