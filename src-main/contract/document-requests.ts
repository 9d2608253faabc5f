import * as v from 'valibot';
import type {
  Document,
  DocumentSummary,
  DocumentVersion,
  CustomAction,
  Rewrite,
  PendingRewrite,
} from './document.ts';
import {
  maximumDocumentLength,
  newActionSchema,
  newRewriteSchema,
  rewriteOutcomes,
  rewritePassageSchema,
} from './document.ts';

const id = v.pipe(v.string(), v.uuid());
const title = v.pipe(v.string(), v.maxLength(200));
const text = v.pipe(v.string(), v.maxLength(maximumDocumentLength));

/** The arguments of the requests about documents. */
export const documentRequestSchemas = {
  'document-list': v.undefined(),
  'document-create': v.strictObject({ title, text }),
  'document-open': v.strictObject({ id }),
  /** Puts `text` in the place of the document's. */
  'document-write': v.strictObject({ id, text }),
  'document-rename': v.strictObject({ id, title }),
  /** Marks it as deleted; it can be restored for 30 days. */
  'document-delete': v.strictObject({ id }),
  'document-restore': v.strictObject({ id }),
  'document-versions': v.strictObject({ id }),
  'document-version-open': v.strictObject({ id, versionId: id }),
  /** Puts a version in the place of the text, which becomes a version itself. */
  'document-version-restore': v.strictObject({ id, versionId: id }),
  'rewrite-start': newRewriteSchema,
  /** Has the model read what may be rewritten next, so that its first word comes sooner; nothing is kept. */
  'rewrite-prepare': rewritePassageSchema,
  /** The one that nobody has decided about, so that a reloaded window can show it. */
  'rewrite-pending': v.undefined(),
  'rewrite-stop': v.strictObject({ id }),
  /** What a person makes of it; asked before the first change comes into the document. */
  'rewrite-decide': v.strictObject({ id, outcome: v.picklist(rewriteOutcomes) }),
  'actions-list': v.undefined(),
  /** Keeps an own action: a new one where `id` is null. */
  'action-save': v.strictObject({ id: v.nullable(id), action: newActionSchema }),
  'action-delete': v.strictObject({ id }),
} as const;

export interface DocumentRequestResults {
  'document-list': readonly DocumentSummary[];
  'document-create': Document;
  'document-open': Document;
  'document-write': null;
  'document-rename': null;
  'document-delete': null;
  'document-restore': Document;
  'document-versions': readonly DocumentVersion[];
  'document-version-open': string;
  'document-version-restore': Document;
  'rewrite-start': Rewrite;
  'rewrite-prepare': null;
  'rewrite-pending': PendingRewrite | null;
  'rewrite-stop': null;
  'rewrite-decide': null;
  'actions-list': readonly CustomAction[];
  'action-save': readonly CustomAction[];
  'action-delete': readonly CustomAction[];
}

export interface DocumentPushEvents {
  'documents-changed': readonly DocumentSummary[];
}
