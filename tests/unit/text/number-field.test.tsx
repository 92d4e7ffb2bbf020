import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { NumberField } from "@/components/form/field";

const render = (max: number, step?: number) =>
  renderToStaticMarkup(<NumberField label="Delay" unit="min" min={0} max={max} step={step} />);
const digits = (html: string) => Number(/calc\((\d+)ch/.exec(html)?.[1]);

test("number field: the width fits the largest number it accepts", () => {
  expect([50, 1_440, 86_400].map((max) => digits(render(max)))).toEqual([4, 4, 5]);
  expect(digits(render(600, 0.1))).toBeGreaterThan(digits(render(600)));
});

test("number field: the unit is shown next to it and is read out once, with the label", () => {
  const html = render(1_440);
  expect(html).toMatch(/<label[^>]*>Delay<span class="sr-only">, min<\/span><\/label>/);
  expect(html).toMatch(/<input[^>]*\/><span aria-hidden="true"[^>]*>min<\/span>/);
});

test("forms: only the number field and the range filter have number inputs", () => {
  const files = readdirSync("components", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".tsx"),
  );
  const own = files.filter((name) =>
    readFileSync(join("components", name), "utf8").includes('type="number"'),
  );
  // Of a filter's range both ends stand in one line, in a popup of its own width.
  expect(own.toSorted()).toEqual(["filters/filter-popup.tsx", "form/field.tsx"]);
});
