/**
 * An object that is made when something of it is first read, so that importing its module needs nothing: no environment, no
 * database. What `make` throws is thrown by that read, and by the next one again.
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
