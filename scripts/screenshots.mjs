/**
 * `npm run screenshots`: pictures of the window in its states, each in every look, into screenshots/. Names of
 * groups of states as arguments picture just those.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { Camera } from './pictures/camera.mjs';
import { errorStates } from './pictures/everywhere-states.mjs';
import { looks, queries } from './pictures/looks.mjs';
import { states } from './pictures/states.mjs';
import { change, open, ready } from './pictures/window.mjs';
import { project } from './set-up/places.mjs';
import { StepError, runMain } from './set-up/step.mjs';

const folder = path.join(project, 'screenshots');
const groups = [...Object.keys(states), 'error'];
const general = { theme: 'system', contrast: 'system', maxTokens: 1200 };

async function picture(language, wanted) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'foredraft-pictures-'));
  const seen = looks.filter((look) => look.language === language);
  const inWindow = async (environment, work) => {
    const { app, window } = await open(data, environment);
    try {
      await change(window, { ...general, language });
      const camera = new Camera(app, window, seen, folder);
      await camera.begin();
      await work({ app, window, camera, queries: queries[language] });
    } finally {
      await app.close();
    }
  };
  try {
    await inWindow({}, async (surroundings) => {
      await ready(surroundings.window);
      for (const group of wanted) await states[group]?.(surroundings);
    });
    const noModels = { FOREDRAFT_MODELS: path.join(data, 'no-models') };
    if (wanted.includes('error')) await inWindow(noModels, errorStates);
  } finally {
    fs.rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

await runMain(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !groups.includes(name));
  if (unknown !== undefined)
    throw new StepError('Choosing states', `there is no group ${unknown}`, `choose of ${groups}.`);
  for (const language of new Set(looks.map((look) => look.language)))
    await picture(language, wanted.length > 0 ? wanted : groups);
});
