import { describe, expect, it, vi } from 'vitest';
import { ForedraftError } from '../../src-main/contract/error.ts';
import type { SavedAll, UnsavedCause, UnsavedText } from '../../src-main/contract/unsaved-text.ts';
import type { QuitChoice, QuitGuardOptions, Unsaved } from '../../src-main/quit-guard.ts';
import { QuitGuard, unsavedDocument } from '../../src-main/quit-guard.ts';

const letter: UnsavedText = { title: 'Document', text: 'Dear Sir' };
const answer: UnsavedText = { title: 'Answer', text: 'Once upon a' };
const fullReport: UnsavedCause = { code: 'disk-full', message: 'The disk is full.' };
const full = () => {
  throw new ForedraftError('disk-full', 'The disk is full.');
};

interface Part {
  /** What the page can't save, attempt by attempt; the last one repeats. Default: it saves all. */
  readonly page?: readonly (readonly UnsavedText[] | 'hung')[];
  readonly pageAnswers?: boolean;
  /** Whether main can save, attempt by attempt; the last one repeats. */
  readonly main?: readonly boolean[];
  readonly choices?: readonly QuitChoice[];
  readonly elsewhere?: QuitGuardOptions['saveElsewhere'];
  readonly interrupt?: () => void;
}

/** A guard whose page, main process and user answer in turn; records what happens. */
function guarded({
  page = [[]],
  pageAnswers = true,
  main = [true],
  choices = [],
  elsewhere,
  interrupt = () => undefined,
}: Part) {
  const log: string[] = [];
  const asked: Unsaved[] = [];
  const nth = <T>(list: readonly T[], index: number) => list[Math.min(index, list.length - 1)] as T;
  let saves = 0;
  const guard: QuitGuard = new QuitGuard({
    pageAnswers: () => pageAnswers,
    savePage: (attempt) => {
      log.push('page');
      const unsaved = nth(page, attempt - 1);
      if (unsaved === 'hung') return;
      const cause = unsaved.length > 0 ? { ...fullReport, message: 'Full.' } : null;
      const saved: SavedAll = { attempt, unsaved: [...unsaved], cause };
      setTimeout(() => guard.pageSaved(saved), 1);
    },
    save: () => {
      log.push('save');
      if (!nth(main, saves++)) full();
    },
    interrupt: () => {
      log.push('interrupt');
      interrupt();
    },
    unsaved: () => (nth(main, saves - 1) ? [] : [answer]),
    ask: (unsaved) => {
      asked.push(unsaved);
      log.push('ask');
      return Promise.resolve(choices[asked.length - 1] ?? 'stay');
    },
    saveElsewhere: async (texts) => {
      log.push(`elsewhere ${texts.map(({ title }) => title).join(', ')}`);
      return (await elsewhere?.(texts)) ?? true;
    },
    quit: () => {
      log.push('quit');
      guard.onClose({ preventDefault: () => log.push('prevented again') });
    },
    pageTimeoutMs: 30,
  });
  const preventDefault = vi.fn();
  const close = async () => {
    guard.onClose({ preventDefault });
    await guard.leave();
    return log.join(', ');
  };
  return { guard, log, asked, close, preventDefault };
}

describe('closing the window', () => {
  const cases: readonly (readonly [string, Part, string])[] = [
    ['quits once all is saved', {}, 'page, save, interrupt, quit'],
    ['needs no page that hasn’t loaded or has crashed', { pageAnswers: false }, 'save, interrupt, quit'],
    ['stays open if a document can’t be saved', { page: [[letter]] }, 'page, save, ask'],
    ['stays open if an answer can’t be saved', { main: [false] }, 'page, save, ask'],
    ['stays open if nothing can be saved', { page: [[letter]], main: [false] }, 'page, save, ask'],
    ['stays open if the page hangs', { page: ['hung'] }, 'page, save, ask'],
    [
      'stays open if an answer can’t be saved and no page is there',
      { pageAnswers: false, main: [false] },
      'save, ask',
    ],
    [
      'quits after a retry that saves',
      { page: [[letter], []], choices: ['retry'] },
      'page, save, ask, page, save, interrupt, quit',
    ],
    [
      'quits after a retry in which main saves',
      { main: [false, true], choices: ['retry'] },
      'page, save, ask, page, save, interrupt, quit',
    ],
    [
      'asks again after each retry that fails',
      { page: [[letter]], choices: ['retry', 'retry', 'stay'] },
      'page, save, ask, page, save, ask, page, save, ask',
    ],
    [
      'asks about main after the page is saved',
      { page: [[letter], []], main: [false], choices: ['retry', 'stay'] },
      'page, save, ask, page, save, ask',
    ],
    [
      'quits once the page answers after all',
      { page: ['hung', []], choices: ['retry'] },
      'page, save, ask, page, save, interrupt, quit',
    ],
    [
      'quits once the text is saved elsewhere',
      { page: [[letter]], main: [false], choices: ['save-elsewhere'] },
      'page, save, ask, elsewhere Document, Answer, quit',
    ],
    [
      'asks again if saving elsewhere is cancelled',
      { page: [[letter]], choices: ['save-elsewhere'], elsewhere: () => Promise.resolve(false) },
      'page, save, ask, elsewhere Document, ask',
    ],
    [
      'asks again if it can’t be saved elsewhere, either',
      {
        main: [false],
        choices: ['save-elsewhere', 'save-elsewhere'],
        elsewhere: () => Promise.reject(new ForedraftError('disk-full', 'That one is full, too.')),
      },
      'page, save, ask, elsewhere Answer, ask, elsewhere Answer, ask',
    ],
    [
      'quits without saving only when told so',
      { page: [[letter]], main: [false], choices: ['quit'] },
      'page, save, ask, quit',
    ],
    [
      'quits without saving after a retry',
      { page: ['hung'], choices: ['retry', 'quit'] },
      'page, save, ask, page, save, ask, quit',
    ],
    ['stays open if the end of an answer can’t be saved', { interrupt: full }, 'page, save, interrupt, ask'],
    [
      'never interrupts an answer before all else is saved',
      { page: [[letter]], main: [true] },
      'page, save, ask',
    ],
  ];

  it.each(cases)('%s', async (_case, part, expected) => {
    const { close, preventDefault } = guarded(part);
    expect(await close()).toBe(expected);
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  it('says what can’t be saved and why', async () => {
    const { close, asked } = guarded({ page: [[letter]], main: [false], choices: ['stay'] });
    await close();
    expect(asked).toEqual([{ reason: fullReport, texts: [letter, answer] }]);
    const failing = guarded({
      main: [false],
      choices: ['save-elsewhere'],
      elsewhere: () => Promise.reject(new ForedraftError('disk-full', 'That one is full, too.')),
    });
    await failing.close();
    expect(failing.asked.map(({ reason }) => reason)).toEqual([
      fullReport,
      { ...fullReport, message: 'That one is full, too.' },
    ]);
    const hung = guarded({ page: ['hung'], choices: ['stay'] });
    await hung.close();
    expect(hung.asked.map(({ reason }) => reason)).toEqual(['hung']);
  });

  it('twice at once asks once, and can be tried again after staying', async () => {
    const { guard, log } = guarded({ page: [[letter], []], choices: ['stay'] });
    guard.onClose({ preventDefault: () => undefined });
    guard.onClose({ preventDefault: () => undefined });
    await guard.leave();
    expect(log.filter((entry) => entry === 'ask')).toHaveLength(1);
    guard.onClose({ preventDefault: () => undefined });
    await guard.leave();
    expect(log.at(-1)).toBe('quit');
  });

  it('ignores a late answer to an earlier attempt', async () => {
    const { guard, log, close } = guarded({ page: ['hung'], choices: ['stay'] });
    await close();
    guard.pageSaved({ attempt: 0, unsaved: [], cause: null });
    expect(log).not.toContain('quit');
  });
});

describe('the file of unsaved texts', () => {
  it('has each text under its title, unchanged', () => {
    expect(unsavedDocument([letter, { title: 'Your message', text: '# A\n\n春天 💥' }])).toBe(
      '# Document\n\nDear Sir\n\n# Your message\n\n# A\n\n春天 💥\n',
    );
  });
});
