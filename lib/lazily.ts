/**
 * Returns an object that is created on first read, so that importing its module needs neither an environment nor a
 * database. An error thrown by `make` is thrown by that read, and the next read tries again.
 */
export function lazily<T extends object>(make: () => T): T {
  let made: T | undefined;
  const get = () => {
    made ??= make();
    return made;
  };
  return new Proxy({} as T, {
    get: (_, name) => Reflect.get(get(), name),
    has: (_, name) => Reflect.has(get(), name),
  });
}
