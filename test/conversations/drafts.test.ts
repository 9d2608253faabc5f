import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Draft } from '../../src-main/contract/conversation.ts';
import { openStores } from '../../src-main/stores.ts';
import { newFile } from '../database/temporary-folder.ts';

const place = (draft: Draft) => `${draft.conversationId ?? 'new'} ${draft.messageId ?? 'next'}`;
const byPlace = (drafts: Iterable<Draft>) =>
  [...drafts].sort((one, other) => (place(one) < place(other) ? -1 : 1));

describe('drafts', () => {
  it('are the last text typed in each place, across a restart', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            conversation: fc.integer({ min: -1, max: 1 }),
            messageId: fc.constantFrom(null, 'one', 'two'),
            text: fc.oneof(fc.constant(''), fc.string({ unit: 'binary' })),
            branch: fc.constantFrom(null, { parentId: null }, { parentId: 'one' }),
          }),
          { maxLength: 30 },
        ),
        (written) => {
          const file = newFile();
          const stores = openStores(file);
          const ids = [stores.conversations.create('').id, stores.conversations.create('').id];
          const model = new Map<string, Draft>();
          for (const { conversation, ...rest } of written) {
            const draft = { conversationId: ids[conversation] ?? null, ...rest };
            stores.drafts.write(draft);
            if (draft.text === '' && draft.branch === null) model.delete(place(draft));
            else model.set(place(draft), draft);
          }
          stores.close();
          const again = openStores(file);
          onTestFinished(() => again.close());
          expect(byPlace(again.drafts.list())).toEqual(byPlace(model.values()));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of an unknown conversation are rejected', () => {
    const stores = openStores(newFile());
    onTestFinished(() => stores.close());
    const unknownId = '00000000-0000-4000-8000-000000000000';
    const draft = { conversationId: unknownId, messageId: null, text: 'x', branch: null };
    expect(() => stores.drafts.write(draft)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => stores.drafts.write({ ...draft, text: '' })).not.toThrow();
  });
});
