import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Message } from '../../src-main/contract/conversation.ts';
import type { RecordingStores } from '../runs/recording-stores.ts';
import { openRecording } from '../runs/recording-stores.ts';
import { sampleRun, sampleStatistics } from './samples.ts';
import { newFile } from '../database/temporary-folder.ts';

/** One operation on the stores; an index selects an existing message, modulo their count. */
type Step =
  | { readonly kind: 'create' }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'delete'; readonly conversation: number }
  | Addition;

interface Addition {
  readonly kind: 'ask' | 'answer';
  readonly conversation: number;
  /** Index among all messages of all conversations; 0 is no message. */
  readonly parent: number;
  readonly content: string;
}

const index = fc.nat(30);
const content = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('create' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), conversation: index }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom('ask' as const, 'answer' as const),
      conversation: index,
      parent: index,
      content,
    }),
  },
);

/** What the stores must contain: the conversations with their messages, in order of creation. */
type Model = Map<string, Message[]>;

const chosen = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];

/** Whether a message of that role is allowed below `parent` in that conversation. */
function isAllowed(
  kind: 'ask' | 'answer',
  messages: readonly Message[],
  parent: Message | undefined,
): boolean {
  if (parent && !messages.includes(parent)) return false;
  return kind === 'ask' ? parent?.role !== 'user' : parent?.role === 'user';
}

function add(stores: RecordingStores, model: Model, id: string, step: Addition): void {
  const messages = model.get(id) ?? [];
  const parent = chosen([undefined, ...[...model.values()].flat()], step.parent);
  const nowhere = '00000000-0000-4000-8000-000000000000';
  const act = () => {
    const question = { conversationId: id, parentId: parent?.id ?? null, content: step.content };
    const asked = step.kind === 'ask' ? stores.ask(question, sampleRun) : undefined;
    const written = asked ?? stores.answerAgain(id, parent?.id ?? nowhere, sampleRun);
    written.recorder.finish('end-token', sampleStatistics);
    messages.push(...(asked ? [asked.question] : []), written.message);
  };
  if (isAllowed(step.kind, messages, parent)) act();
  else expect(act).toThrow();
}

describe('after any sequence of operations', () => {
  it('the stores contain exactly what was accepted, and every path leads to its root', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const file = newFile();
        let stores = openRecording(file);
        onTestFinished(() => stores.close());
        const model: Model = new Map();
        for (const step of steps) {
          if (step.kind === 'create') {
            model.set(stores.conversations.create('').id, []);
          } else if (step.kind === 'reopen') {
            stores.close();
            stores = openRecording(file);
          } else {
            const id = chosen([...model.keys()], step.conversation);
            if (id === undefined) continue;
            if (step.kind === 'delete') {
              stores.conversations.delete(id);
              stores.conversations.empty();
              model.delete(id);
            } else {
              add(stores, model, id, step);
            }
          }
        }
        expect(new Set(stores.conversations.list().map(({ id }) => id))).toEqual(new Set(model.keys()));
        for (const [id, messages] of model) {
          expect(stores.conversations.open(id).messages).toEqual(messages);
          for (const message of messages) {
            expect(stores.conversations.pathTo(id, message.id)).toEqual(pathOf(messages, message));
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

function pathOf(messages: readonly Message[], message: Message): Message[] {
  const parent = messages.find(({ id }) => id === message.parentId);
  return parent ? [...pathOf(messages, parent), message] : [message];
}
