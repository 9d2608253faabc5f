import type { Plugin } from 'vite';

export function packageFolder(module: string): string | undefined;
export function collectPackages(folders: Set<string>): Plugin;
export function shippedFolders(project: string, roots: readonly string[]): string[];
