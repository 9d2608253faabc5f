import fs from 'node:fs';

/** Where bytes lie in the weights' file. */
export interface DataPlace {
  readonly offset: number;
  readonly length: number;
}

/** Cache lines: kernels read aligned weights without straddling, and mapped files stay mapped. */
const alignment = 64;

/** The file beside a graph that holds its weights, written once from front to back. */
export class ExternalData {
  readonly name: string;
  readonly #file: number;
  #length = 0;

  constructor(path: string, name: string) {
    this.name = name;
    this.#file = fs.openSync(path, 'w');
  }

  /** Writes the parts one after another as one tensor. */
  write(parts: Iterable<Uint8Array>): DataPlace {
    const offset = Math.ceil(this.#length / alignment) * alignment;
    this.#length = offset;
    for (const part of parts) {
      for (let done = 0; done < part.length;) {
        done += fs.writeSync(this.#file, part, done, part.length - done, this.#length + done);
      }
      this.#length += part.length;
    }
    return { offset, length: this.#length - offset };
  }

  close(): void {
    fs.fsyncSync(this.#file);
    fs.closeSync(this.#file);
  }
}
