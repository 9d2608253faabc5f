import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Draft } from '../../src-main/contract/conversation.ts';
import { openHistory } from '../../src-main/conversations/history.ts';
import { newFile } from '../database/temporary-folder.ts';

const place = (draft: Draft) => `${draft.conversationId ?? 'new'} ${draft.messageId ?? 'next'}`;
const byPlace = (drafts: Iterable<Draft>) =>
  [...drafts].sort((one, other) => (place(one) < place(other) ? -1 : 1));

describe('drafts', () => {
  it('are the last texts of their places, over a restart, whatever was typed where', () => {
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
          const history = openHistory(file);
          const ids = [history.createConversation('').id, history.createConversation('').id];
          const model = new Map<string, Draft>();
          for (const { conversation, ...rest } of written) {
            const draft = { conversationId: ids[conversation] ?? null, ...rest };
            history.writeDraft(draft);
            if (draft.text === '' && draft.branch === null) model.delete(place(draft));
            else model.set(place(draft), draft);
          }
          history.close();
          const again = openHistory(file);
          onTestFinished(() => again.close());
          expect(byPlace(again.listDrafts())).toEqual(byPlace(model.values()));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of a conversation that is not there are refused', () => {
    const history = openHistory(newFile());
    onTestFinished(() => history.close());
    const nobody = '00000000-0000-4000-8000-000000000000';
    const draft = { conversationId: nobody, messageId: null, text: 'x', branch: null };
    expect(() => history.writeDraft(draft)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => history.writeDraft({ ...draft, text: '' })).not.toThrow();
  });
});
