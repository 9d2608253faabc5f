import type { DocumentRequestResults } from '../contract/document-requests.ts';
import type { Rewrites } from '../documents/rewrites.ts';
import type { DocumentHistory } from '../documents/document-history.ts';
import type { Routes } from './handle.ts';

/** Who answers which request about documents. */
export function documentRoutes(
  documents: DocumentHistory,
  rewrites: Rewrites,
): Pick<Routes, keyof DocumentRequestResults> {
  return {
    'document-list': () => documents.list(),
    'document-create': ({ title, text }) => documents.create(title, text),
    'document-open': ({ id }) => documents.open(id),
    'document-write': done(({ id, text }) => documents.write(id, text)),
    'document-rename': done(({ id, title }) => documents.rename(id, title)),
    'document-delete': done(({ id }) => documents.delete(id)),
    'document-restore': ({ id }) => documents.restore(id),
    'document-versions': ({ id }) => documents.versions(id),
    'document-version-open': ({ id, versionId }) => documents.versionText(id, versionId),
    'document-version-restore': ({ id, versionId }) => documents.restoreVersion(id, versionId),
    'rewrite-start': (request) => rewrites.start(request),
    'rewrite-prepare': done((passage) => rewrites.prepare(passage)),
    'rewrite-pending': () => rewrites.undecided(),
    'rewrite-stop': done(({ id }) => rewrites.stop(id)),
    'rewrite-decide': done(({ id, outcome }) => rewrites.decide(id, outcome)),
    'actions-list': () => documents.actions(),
    'action-save': ({ id, action }) => documents.saveAction(id, action),
    'action-delete': ({ id }) => documents.deleteAction(id),
  };
}

/** A route that does `work` and has nothing to tell but that it is done. */
function done<A>(work: (argument: A) => void): (argument: A) => null {
  return (argument) => {
    work(argument);
    return null;
  };
}
