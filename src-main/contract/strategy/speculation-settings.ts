import * as v from 'valibot';
import { greedy } from './greedy.ts';
import { sampling } from './sampling.ts';

/** What chooses the tokens; speculation only makes it faster. */
export const policy = {
  schema: (_name: string) =>
    v.optional(v.variant('kind', [greedy.schema, sampling.schema]), { kind: 'greedy' }),
  control: { type: 'token-strategy', values: [greedy.kind, sampling.kind], initial: greedy.kind } as const,
};

/** The id of an installed model with the same vocabulary. */
export const draftModel = {
  schema: (name: string) =>
    v.optional(v.pipe(v.string(`${name} must be the name of an installed model`), v.minLength(1))),
  control: { type: 'model' } as const,
};
