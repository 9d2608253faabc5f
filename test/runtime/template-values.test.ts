import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { convert } from '../../src-main/convert/convert.ts';
import { renderChat } from '../../src-main/runtime/chat-template.ts';
import type { LoadedModel } from '../../src-main/runtime/load.ts';
import { loadModel } from '../../src-main/runtime/load.ts';
import { utcOffsetAt } from '../../src-main/database/utc-offset.ts';
import { localTime, strftime } from '../../src-main/runtime/strftime.ts';
import { writeGguf } from '../fakes/gguf-writer.ts';
import { tinyLlama } from '../fakes/tiny-llama.ts';

const messages = [{ role: 'user', content: 'hi' }] as const;
const rendered = (template: string, options: Parameters<typeof renderChat>[2] = {}) =>
  renderChat(template, messages, options)
    .map((part) => ('text' in part ? part.text : part.control))
    .join('');

describe('strftime', () => {
  // Python: datetime(2026, 3, 5, 15, 4, 9).strftime(format)
  test.each([
    ['%d %b %Y', '05 Mar 2026'],
    ['%Y-%m-%d', '2026-03-05'],
    ['%B %d, %Y', 'March 05, 2026'],
    ['%A, %d %B %Y', 'Thursday, 05 March 2026'],
    ['%a %e', 'Thu  5'],
    ['%-d/%-m/%y', '5/3/26'],
    ['%H:%M:%S', '15:04:09'],
    ['%I:%M %p', '03:04 PM'],
    ['%-I %p', '3 PM'],
    ['%F %T', '2026-03-05 15:04:09'],
    ['%j', '064'],
    ['%u %w', '4 4'],
    ['%D %R', '03/05/26 15:04'],
    ['%c', 'Thu Mar  5 15:04:09 2026'],
    ['%x %X', '03/05/26 15:04:09'],
    ['%f', '000000'],
    ['100%%', '100%'],
    ['%Z%z', ''],
    ['%-j', '64'],
    ['', ''],
    ['plain', 'plain'],
    ['%Q', '%Q'],
  ])('%s', (format, expected) => {
    expect(strftime(new Date(Date.UTC(2026, 2, 5, 15, 4, 9)), format)).toBe(expected);
  });

  test.each([
    [new Date(Date.UTC(2026, 0, 1)), '%j %I %p', '001 12 AM'],
    [new Date(Date.UTC(2024, 11, 31, 12)), '%j %I %p', '366 12 PM'],
    [new Date(Date.UTC(2026, 10, 1)), '%u %w', '7 0'],
  ])('%s at the edges', (date, format, expected) => {
    expect(strftime(date, format)).toBe(expected);
  });
});

describe('the local time of a question', () => {
  const machine = process.env['TZ'];
  afterEach(() => {
    if (machine === undefined) delete process.env['TZ'];
    else process.env['TZ'] = machine;
  });
  const zones = [
    ...[
      'UTC',
      'Pacific/Kiritimati',
      'Pacific/Chatham',
      'Pacific/Auckland',
      'Australia/Lord_Howe',
      'Asia/Tokyo',
    ],
    ...['Asia/Shanghai', 'Asia/Kathmandu', 'Asia/Kolkata', 'Asia/Tehran', 'Europe/Moscow', 'Africa/Cairo'],
    ...['Europe/Berlin', 'Europe/London', 'Africa/Casablanca', 'Atlantic/Azores', 'America/St_Johns'],
    ...['America/Sao_Paulo', 'America/New_York', 'America/Denver', 'America/Los_Angeles', 'Pacific/Honolulu'],
    'Pacific/Pago_Pago',
  ];
  const written = (zone: string, time: number, utcOffset?: number) => {
    process.env['TZ'] = zone;
    return strftime(localTime(new Date(time), utcOffset), '%Y-%m-%d %H:%M');
  };

  test.each(zones)('in %s is what it was there, wherever the machine is now', (zone) => {
    const format = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    let moved = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1995, 0), max: Date.UTC(2030, 0) }),
        fc.constantFrom(...zones),
        (time, other) => {
          process.env['TZ'] = zone;
          const offset = utcOffsetAt(time);
          const there = written(zone, time, offset);
          expect(there).toBe(format.format(time));
          expect(written(zone, time)).toBe(there);
          expect(written(other, time, offset)).toBe(there);
          // Negative control: without the offset, it is the machine's time.
          if (written(other, time) !== there) moved += 1;
        },
      ),
      { numRuns: 40, seed: 4 },
    );
    expect(moved).toBeGreaterThan(10);
  });
});

describe('a template', () => {
  test('writes the date that it is given, at whatever time it is rendered', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(2000, 0, 1), max: new Date(2100, 0, 1), noInvalidDate: true }),
        (date) => {
          const template = "{{ strftime_now('%Y-%m-%d %H:%M') }}";
          expect(rendered(template, { date })).toBe(strftime(date, '%Y-%m-%d %H:%M'));
        },
      ),
      { numRuns: 50, seed: 1 },
    );
  });

  test.each([
    ['{% if tools is not none %}tools{% endif %}', ''],
    ['{% if tools %}tools{% endif %}', ''],
    ['{% if documents is not none %}documents{% endif %}', ''],
    ['{% if tools is defined and tools is not none %}tools{% endif %}', ''],
    ['{% if not tools is defined %}{% set tools = none %}{% endif %}{{ tools is none }}', 'true'],
    ["{% if strftime_now is defined %}{{ strftime_now('%Y') }}{% endif %}", '2026'],
    ['{% if add_generation_prompt %}go{% endif %}', 'go'],
    ['{{ bos_token }}|{{ eos_token }}', '<s>|</s>'],
    ['{{ bos_token + messages[0].content + eos_token }}', '<s>hi</s>'],
    ["{{ pad_token or 'none' }}", '<pad>'],
    ['{{ unk_token }}', '<unk>'],
    ['{{ sep_token is defined }}', 'false'],
  ])('%s is given what transformers gives it', (template, expected) => {
    const namedTokens = { bos_token: '<s>', eos_token: '</s>', pad_token: '<pad>', unk_token: '<unk>' };
    const controlTokens = ['<s>', '</s>', '<pad>'];
    const date = new Date(Date.UTC(2026, 2, 5));
    expect(rendered(template, { namedTokens, controlTokens, date })).toBe(expected);
  });
});

describe('a converted model whose template writes tokens and the date', () => {
  let folder: string;
  let model: LoadedModel;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-template-'));
    const tiny = tinyLlama();
    tiny.metadata['tokenizer.chat_template'] =
      "{{ bos_token }}{{ strftime_now('%d %b') }}{{ messages[0].content }}{{ eos_token }}";
    tiny.metadata['tokenizer.ggml.bos_token_id'] = 256;
    writeGguf(path.join(folder, 'tiny.gguf'), tiny);
    await convert({
      source: path.join(folder, 'tiny.gguf'),
      target: path.join(folder, 'model'),
      precision: 'float32',
    });
    model = await loadModel(path.join(folder, 'model'), 'cpu');
  });
  afterAll(() => {
    model.close();
    fs.rmSync(folder, { recursive: true });
  });

  const prompt = (day: number) => ({ messages, askedAt: new Date(2026, 2, day, 12).getTime() });

  test('reads them as the control tokens and the date of the question', () => {
    const tokens = model.promptTokens(prompt(5));
    expect([tokens[0], tokens.at(-1), tokens.length]).toEqual([256, 256, 10]);
    expect(
      tokens
        .slice(1, -1)
        .map((token) => model.tokenizer.text(token))
        .join(''),
    ).toBe('05 Marhi');
    expect(model.promptTokens(prompt(6))).not.toEqual(tokens);
  });

  test('inspects an answer with the numbers it was generated with', async () => {
    const strategy = { kind: 'greedy' } as const;
    const request = { strategy, maxTokens: 6, stopTexts: [], alternatives: 0 };
    const logProbabilities: number[] = [];
    const ids: number[] = [];
    for await (const event of model.generate(
      { ...request, prompt: prompt(5) },
      new AbortController().signal,
    )) {
      if (event.type !== 'token') continue;
      logProbabilities.push(event.logProbability);
      ids.push(event.id);
    }
    const again = async (day: number) => {
      const answer = {
        prompt: prompt(day),
        strategy,
        tokens: ids,
        first: 0,
        count: ids.length,
        alternatives: 0,
      };
      return (await model.inspect(answer)).map(({ logProbability }) => logProbability);
    };
    expect(await again(5)).toEqual(logProbabilities);
    // Negative control.
    expect(await again(6)).not.toEqual(logProbabilities);
  });
});
