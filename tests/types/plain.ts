/** The SDK's interfaces as plain object types: only those fit a schema that allows additional keys. */
export type Plain<T> = T extends readonly (infer E)[]
  ? Plain<E>[]
  : T extends object
    ? { [K in keyof T]: Plain<T[K]> }
    : T;
