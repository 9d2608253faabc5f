import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root. */
export const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** Everything that set-up downloads or builds, except node_modules and the models. */
export const cache = path.join(project, '.cache');
