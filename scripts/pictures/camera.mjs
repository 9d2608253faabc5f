import fs from 'node:fs';
import path from 'node:path';

/** Takes one picture of a state in each of several looks, between which the window is never loaded anew. */
export class Camera {
  #app;
  #window;
  #looks;
  #folder;

  /**
   * @param {import('playwright').ElectronApplication} app
   * @param {import('playwright').Page} window
   * @param {readonly import('./looks.mjs').Look[]} looks all of one language; the window is left in the first of them
   * @param {string} folder
   */
  constructor(app, window, looks, folder) {
    this.#app = app;
    this.#window = window;
    this.#looks = looks;
    this.#folder = folder;
    fs.mkdirSync(folder, { recursive: true });
  }

  /** Goes back to the first look, in which states are reached. */
  async begin() {
    await this.#look(this.#looks[0]);
  }

  /**
   * @param {string} state
   * @param {(look: import('./looks.mjs').Look) => Promise<void>} [prepare] run in each look, where a change of the
   *   window's size undoes a part of the state
   */
  async take(state, prepare) {
    for (const look of this.#looks) {
      await this.#look(look);
      await prepare?.(look);
      await this.#drawn();
      await this.#window.screenshot({ path: path.join(this.#folder, `${state}-${look.name}.png`) });
    }
    console.log(`${state}: ${this.#looks.map(({ name }) => name).join(', ')}`);
    await this.begin();
  }

  async #look({ theme, contrast, size }) {
    await this.#window.emulateMedia({ colorScheme: theme, contrast, reducedMotion: 'reduce' });
    await this.#app.evaluate(
      ({ BrowserWindow }, [wide, high]) => BrowserWindow.getAllWindows()[0].setContentSize(wide, high),
      size,
    );
    await this.#window.waitForFunction(
      ([wide, high]) => globalThis.innerWidth === wide && globalThis.innerHeight === high,
      size,
      {
        timeout: 5000,
      },
    );
  }

  /** Waits until everything has its place: lists measure themselves before they are drawn for good. */
  async #drawn() {
    await this.#window.waitForTimeout(120);
    await this.#window.evaluate(
      () =>
        new Promise((resolve) =>
          globalThis.requestAnimationFrame(() => globalThis.requestAnimationFrame(resolve)),
        ),
    );
  }
}
