/** Vectors of one length, kept as directions: what is asked of them is the angle to another vector. */
export class DirectionStore {
  #directions = new Float32Array(0);
  #count = 0;

  add(vector: Float32Array): void {
    const size = vector.length;
    if ((this.#count + 1) * size > this.#directions.length) this.#grow(size);
    const scale = 1 / length(vector);
    const start = this.#count * size;
    for (let index = 0; index < size; index++) this.#directions[start + index] = vector[index]! * scale;
    this.#count++;
  }

  /** The largest cosine between `vector` and any vector added; -1 where there is none. */
  similarity(vector: Float32Array): number {
    const size = vector.length;
    let largest = -Infinity;
    for (let start = 0; start < this.#count * size; start += size) {
      let product = 0;
      for (let index = 0; index < size; index++) product += this.#directions[start + index]! * vector[index]!;
      if (product > largest) largest = product;
    }
    return this.#count === 0 ? -1 : largest / length(vector);
  }

  #grow(size: number): void {
    const grown = new Float32Array(Math.max(256 * size, 2 * this.#directions.length));
    grown.set(this.#directions);
    this.#directions = grown;
  }
}

/** Never 0, so that it can be divided by. */
function length(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum) || 1;
}
