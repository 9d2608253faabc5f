/**
 * `npm run screenshots [GROUP ...]`: takes screenshots of the window in every state and variant into screenshots/.
 * Groups of states given as arguments restrict it to those.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { Screenshots } from './screenshots/screenshots.mjs';
import { errorStates } from './screenshots/everywhere-states.mjs';
import { queries, variants } from './screenshots/variants.mjs';
import { states } from './screenshots/states.mjs';
import { changeSettings, openWindow, waitForModel } from './screenshots/window.mjs';
import { project } from './set-up/paths.mjs';
import { StepError, runMain } from './set-up/step.mjs';

const folder = path.join(project, 'screenshots');
const allGroups = [...Object.keys(states), 'error'];
const settings = { theme: 'system', contrast: 'system', maxTokens: 1200 };

async function takeAll(language, groups) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-screenshots-'));
  const ofLanguage = variants.filter((variant) => variant.language === language);
  const inWindow = async (environment, work) => {
    const { app, window } = await openWindow(data, environment);
    try {
      await changeSettings(window, { ...settings, language });
      const screenshots = new Screenshots(app, window, ofLanguage, folder);
      await screenshots.reset();
      await work({ app, window, screenshots, queries: queries[language] });
    } finally {
      await app.close();
    }
  };
  try {
    await inWindow({}, async (context) => {
      await waitForModel(context.window);
      for (const group of groups) await states[group]?.(context);
    });
    const noModels = { FOREDRAFT_MODELS: path.join(data, 'no-models') };
    if (groups.includes('error')) await inWindow(noModels, errorStates);
  } finally {
    fs.rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

await runMain(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !allGroups.includes(name));
  if (unknown !== undefined)
    throw new StepError('Choosing states', `there is no group ${unknown}`, `choose from ${allGroups}.`);
  for (const language of new Set(variants.map((variant) => variant.language)))
    await takeAll(language, wanted.length > 0 ? wanted : allGroups);
});
