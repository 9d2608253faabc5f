import * as v from 'valibot';
import type { EngineStatus } from '../engine-status.ts';
import type { ForwardCosts } from '../forward-costs.ts';
import type { LicensedPart } from '../licence.ts';
import type { Settings } from '../settings.ts';
import { settingsSchema } from '../settings.ts';
import { savedAllSchema } from '../unsaved-text.ts';
import { messageText, none, request } from './request.ts';

export const applicationRequests = {
  'engine-status': request(none).returns<EngineStatus>(),
  'engine-restart': request(none).returns<null>(),
  /** Measures forward passes on this machine, and those of a draft model unless it is null; about a second. */
  'engine-measure': request(v.strictObject({ draftModel: v.nullable(v.string()) })).returns<ForwardCosts>(),
  'settings-read': request(none).returns<Settings>(),
  'settings-write': request(settingsSchema).returns<null>(),
  /** The licences of the program, which is the first, and its parts. */
  licences: request(none).returns<readonly [program: LicensedPart, ...parts: LicensedPart[]]>(),
  'licence-text': request(
    v.strictObject({
      name: v.pipe(v.string(), v.maxLength(200)),
      version: v.pipe(v.string(), v.maxLength(200)),
    }),
  ).returns<string>(),
  /** Answers the push `save-all`. */
  'saved-all': request(savedAllSchema, 20_000_000).returns<null>(),
  'clipboard-write': request(v.strictObject({ text: messageText })).returns<null>(),
  /** Copies a chart, a PNG as a data URL. */
  'clipboard-write-chart': request(
    v.strictObject({
      png: v.pipe(v.string(), v.startsWith('data:image/png;base64,'), v.maxLength(32_000_000)),
    }),
    32_000_000,
  ).returns<null>(),
};
