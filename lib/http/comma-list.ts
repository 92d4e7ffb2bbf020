import * as z from "zod";

/** A query parameter with 1 to `most` items, separated by commas; empty items are ignored. */
export const commaList = <T extends z.ZodType>(item: T, most: number) =>
  z.preprocess(
    (value) => (typeof value === "string" ? value.split(",").filter((each) => each !== "") : value),
    z.array(item).min(1).max(most),
  );
