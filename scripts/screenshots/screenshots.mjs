import fs from 'node:fs';
import path from 'node:path';

/** Takes screenshots of a state in several variants without reloading the window. */
export class Screenshots {
  #app;
  #window;
  #variants;
  #folder;

  /**
   * @param {import('playwright').ElectronApplication} app
   * @param {import('playwright').Page} window
   * @param {readonly import('./variants.mjs').Variant[]} variants all of one language; the first one is the default
   * @param {string} folder
   */
  constructor(app, window, variants, folder) {
    this.#app = app;
    this.#window = window;
    this.#variants = variants;
    this.#folder = folder;
    fs.mkdirSync(folder, { recursive: true });
  }

  /** Switches to the first variant, in which states are set up. */
  async reset() {
    await this.#apply(this.#variants[0]);
  }

  /**
   * @param {string} state
   * @param {(variant: import('./variants.mjs').Variant) => Promise<void>} [prepare] runs in each variant; for
   *   states that a change of the window's size partly undoes
   */
  async take(state, prepare) {
    for (const variant of this.#variants) {
      await this.#apply(variant);
      await prepare?.(variant);
      await this.#rendered();
      await this.#window.screenshot({ path: path.join(this.#folder, `${state}-${variant.name}.png`) });
    }
    console.log(`${state}: ${this.#variants.map(({ name }) => name).join(', ')}`);
    await this.reset();
  }

  async #apply({ theme, contrast, size }) {
    await this.#window.emulateMedia({ colorScheme: theme, contrast, reducedMotion: 'reduce' });
    await this.#app.evaluate(
      ({ BrowserWindow }, [width, height]) => BrowserWindow.getAllWindows()[0].setContentSize(width, height),
      size,
    );
    await this.#window.waitForFunction(
      ([width, height]) => globalThis.innerWidth === width && globalThis.innerHeight === height,
      size,
      { timeout: 5000 },
    );
  }

  /** Waits until layout is final: virtual lists measure their rows before the last render. */
  async #rendered() {
    await this.#window.waitForTimeout(120);
    await this.#window.evaluate(
      () =>
        new Promise((resolve) =>
          globalThis.requestAnimationFrame(() => globalThis.requestAnimationFrame(resolve)),
        ),
    );
  }
}
