import fs from 'node:fs';
import path from 'node:path';

/** A source file; `path` is relative to the project, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Import specifiers as written. */
  readonly imports: readonly string[];
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(?:type\s+)?(?:[\w*{][^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Specifiers of all imports and re-exports, including type imports. */
export function importsOf(text: string): string[] {
  return [...text.matchAll(importPattern)].map(([, statement, call]) => statement ?? call ?? '');
}

/** The path that a relative import in `from` resolves to; undefined for a package. */
export function resolved(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : undefined;
}

export function sourceFile(name: string, text: string): SourceFile {
  return { path: name, text, imports: importsOf(text) };
}

export function readSources(project: string, folder: string): SourceFile[] {
  const entries = fs.readdirSync(path.join(project, folder), { recursive: true, encoding: 'utf8' });
  return entries
    .filter((name) => /\.(ts|svelte)$/.test(name))
    .map((name) => `${folder}/${name.split(path.sep).join('/')}`)
    .sort()
    .map((name) => sourceFile(name, fs.readFileSync(path.join(project, name), 'utf8')));
}
