import * as v from 'valibot';
import type {
  CustomAction,
  Document,
  DocumentSummary,
  DocumentVersion,
  PendingRewrite,
  Rewrite,
} from '../document.ts';
import {
  likelyRewriteSchema,
  maximumDocumentLength,
  newActionSchema,
  newRewriteSchema,
  rewriteOutcomes,
  rewritePassageSchema,
} from '../document.ts';
import { maximumAnswerTokens } from '../generation.ts';
import type { InspectedToken } from '../inspection.ts';
import { maximumInspectedTokens } from '../inspection.ts';
import { strategySchema } from '../strategy.ts';
import { id, none, request, title } from './request.ts';

const text = v.pipe(v.string(), v.maxLength(maximumDocumentLength));
/** A whole document and its title fit. */
const maximumUnits = 5_000_000;

export const documentRequests = {
  'document-list': request(none).returns<readonly DocumentSummary[]>(),
  'document-create': request(v.strictObject({ title, text }), maximumUnits).returns<Document>(),
  'document-open': request(v.strictObject({ id })).returns<Document>(),
  /** Replaces the text of a document. */
  'document-write': request(v.strictObject({ id, text }), maximumUnits).returns<null>(),
  'document-rename': request(v.strictObject({ id, title })).returns<null>(),
  /** Marks a document as deleted; `document-restore` undoes it for 30 days of use. */
  'document-delete': request(v.strictObject({ id })).returns<null>(),
  'document-restore': request(v.strictObject({ id })).returns<Document>(),
  'document-versions': request(v.strictObject({ id })).returns<readonly DocumentVersion[]>(),
  'document-version-open': request(v.strictObject({ id, versionId: id })).returns<string>(),
  /** Replaces the text with a version, and saves the replaced text as another version. */
  'document-version-restore': request(v.strictObject({ id, versionId: id })).returns<Document>(),

  'rewrite-start': request(newRewriteSchema).returns<Rewrite>(),
  /** Prefills a likely rewrite, so that its first token comes sooner; nothing is saved. */
  'rewrite-prepare': request(likelyRewriteSchema).returns<null>(),
  /** The rewrite without an outcome, so that a reloaded window can show it. */
  'rewrite-pending': request(none).returns<PendingRewrite | null>(),
  /** Recomputes the distributions at `count` positions of a rewritten text, from `first`. */
  'rewrite-inspect': request(
    v.strictObject({
      rewriteId: id,
      passage: rewritePassageSchema,
      /** The model, its adapter and the strategy that the text was generated with, and its tokens. */
      modelId: v.string(),
      adapter: v.nullable(v.string()),
      strategy: strategySchema,
      tokens: v.pipe(
        v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
        v.maxLength(maximumAnswerTokens),
      ),
      first: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maximumAnswerTokens)),
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximumInspectedTokens)),
      withPolicy: v.boolean(),
    }),
  ).returns<readonly InspectedToken[]>(),
  'rewrite-stop': request(v.strictObject({ id })).returns<null>(),
  /** Records the user's decision; sent before the first change is made to the document. */
  'rewrite-decide': request(v.strictObject({ id, outcome: v.picklist(rewriteOutcomes) })).returns<null>(),

  'actions-list': request(none).returns<readonly CustomAction[]>(),
  /** Saves a custom action: a new one if `id` is null. */
  'action-save': request(v.strictObject({ id: v.nullable(id), action: newActionSchema })).returns<
    readonly CustomAction[]
  >(),
  'action-delete': request(v.strictObject({ id })).returns<readonly CustomAction[]>(),
};
