import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { type ActionFigure, actionFiguresSchema } from '../contract/rewrite/action-figures.ts';
import { readText } from '../contract/text-file.ts';

const fileName = 'actions.json';
/** Far above what the schema admits. */
const maximumBytes = 1 << 20;

export interface ActionFiguresRead {
  readonly figures: readonly ActionFigure[];
  /** What is wrong with the file, which is ignored then; null if nothing. */
  readonly fault: string | null;
}

/** The figures in a model's folder, by every adapter; none if there is no file, or it is broken. */
export function readActionFigures(directory: string): ActionFiguresRead {
  const file = path.join(directory, fileName);
  const broken = (reason: string) => ({
    figures: [],
    fault: `${file} is ignored (${reason}): delete it, or measure again (npm run actions -- --write).`,
  });
  if (!fs.existsSync(file)) return { figures: [], fault: null };
  try {
    const { size } = fs.statSync(file);
    if (size > maximumBytes) return broken(`${size} bytes`);
    const read = readText(fs.readFileSync(file));
    const parsed = v.safeParse(actionFiguresSchema, JSON.parse('text' in read ? read.text : ''));
    if (parsed.success) return { figures: parsed.output.figures, fault: null };
    const [issue] = parsed.issues;
    return broken(`${v.getDotPath(issue) ?? 'file'}: ${issue.message}`);
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error));
  }
}

/** Replaces the figures in a model's folder. */
export function writeActionFigures(directory: string, figures: readonly ActionFigure[]): void {
  const file = path.join(directory, fileName);
  const lines = figures.map((figure) => `    ${JSON.stringify(figure)}`).join(',\n');
  fs.writeFileSync(`${file}.new`, `{\n  "version": 1,\n  "figures": [\n${lines}\n  ]\n}\n`);
  fs.renameSync(`${file}.new`, file);
}
