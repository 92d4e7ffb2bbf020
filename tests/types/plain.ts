/** The SDK's interfaces as plain object types: only those fit a schema that lets further keys through. */
export type Plain<T> = T extends readonly (infer E)[]
  ? Plain<E>[]
  : T extends object
    ? { [K in keyof T]: Plain<T[K]> }
    : T;
