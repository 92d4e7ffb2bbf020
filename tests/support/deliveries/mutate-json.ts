import fc from "fast-check";

/** One change in a JSON value: the place, the kind of change and the value to use. */
export interface Mutation {
  place: number;
  act: "replace" | "remove" | "nest" | "wrap" | "repeat";
  value: unknown;
}

/** Values that parsers, schemas and databases tend to mishandle. */
const oddValues: readonly unknown[] = [
  null,
  "",
  " ",
  0,
  -1,
  -0,
  0.5,
  1e21,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  2_147_483_648,
  65_536,
  true,
  [],
  {},
  [[[[]]]],
  "\u0000",
  "\ud83d",
  "\u202e",
  "x".repeat(20_000),
  "1970-01-01",
  "not a date",
  "+275760-09-13T00:00:00.001Z",
  -8_640_000_000_000_001,
  253_402_300_800_000,
  '{"a":1}',
  "'; drop table calls; --",
  "<script>alert(1)</script>",
  { __proto__x: 1, constructor: { prototype: 1 }, toString: null },
  { $gt: "" },
  // A `length` is compared with a limit, and these cannot be compared.
  { length: { toString: 1 } },
  { length: { valueOf: null, toString: null }, size: { toString: [] } },
  JSON.parse('{"__proto__":{"length":1},"length":-1}'),
  { "\ud800": "\udc00", "a\u0000": 1 },
];

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    place: fc.nat(),
    act: fc.constantFrom("replace", "replace", "replace", "remove", "nest", "wrap", "repeat"),
    value: fc.oneof(fc.constantFrom(...oddValues), fc.jsonValue({ maxDepth: 3 })),
  }),
  { minLength: 1, maxLength: 6 },
);

type Holder = Record<string, unknown>;

/** Returns a copy of a JSON value with every mutation applied in turn. */
export function mutateJson(value: unknown, changes: readonly Mutation[]): unknown {
  const root: Holder = { value: structuredClone(value) };
  for (const change of changes) {
    const places = listPlaces(root);
    const [holder, key] = places[change.place % places.length] ?? [root, "value"];
    apply(holder, key, change);
  }
  return root.value;
}

/** Lists every place in a value: the object or array that holds it, and its key there. */
function listPlaces(holder: Holder): [Holder, string][] {
  return Object.entries(holder).flatMap(([key, value]): [Holder, string][] => [
    [holder, key],
    ...(typeof value === "object" && value !== null ? listPlaces(value as Holder) : []),
  ]);
}

function apply(holder: Holder, key: string, { act, value: shared }: Mutation): void {
  const old = holder[key];
  // A later change may insert the same value into itself.
  const value = structuredClone(shared);
  if (act === "remove") delete holder[key];
  else if (act === "nest") holder[key] = { [key]: old, value };
  else if (act === "wrap") holder[key] = [old];
  else holder[key] = act === "repeat" ? [old, structuredClone(old), value] : value;
}
