// A list of listeners, for what must not know the editor.
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Answers a function that ends it. */
  on(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}
