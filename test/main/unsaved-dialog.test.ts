import { expect, test, vi } from 'vitest';
import { errorCodes } from '../../src-main/contract/error.ts';
import { nativeWords } from '../../src-main/native-words.ts';
import { reasonText } from '../../src-main/unsaved-dialog.ts';

vi.mock('electron', () => ({ dialog: {} }));

const english = nativeWords('en', 'en');
const chinese = nativeWords('zh-CN', 'en');

test.each([...errorCodes])('the reason %s is said in the language of the window', (code) => {
  const reason = { code, message: 'There is no space left on /data.' };
  for (const words of [english, chinese]) {
    const [said = '', detail] = reasonText(words, reason).split('\n');
    expect(detail).toBe(reason.message);
    expect(/\p{Script=Han}/u.test(said)).toBe(words === chinese);
    expect(reasonText(words, { ...reason, message: '' })).toBe(said);
  }
});

test('so is a window that does not respond', () => {
  expect(reasonText(english, 'hung')).toMatch(/^The window doesn’t respond/);
  expect(reasonText(chinese, 'hung')).toMatch(/^窗口没有响应/);
});
