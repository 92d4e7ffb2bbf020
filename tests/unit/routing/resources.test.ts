import { expect, test } from "vitest";
import { toChoices, toResourceId } from "@/lib/vapi/resources";

const clinic = { id: "aaaaaaaa-1", name: "Clinic" };
const first = { id: "bbbbbbbb-2", name: "Garage" };
const second = { id: "cccccccc-3", name: "garage" };

test("resources: assistants are listed by name, and two with the same name also by the start of their IDs", () => {
  expect(toChoices([clinic, first, second]).map(({ label }) => label)).toEqual([
    "Clinic",
    "Garage (bbbbbbbb)",
    "garage (cccccccc)",
  ]);
});

test("resources: a chosen or typed name becomes its ID regardless of case, and an ID or ambiguous name is kept", () => {
  const known = [clinic, first, second];
  expect(toResourceId("clinic ", known)).toBe(clinic.id);
  expect(toResourceId("Garage (cccccccc)", known)).toBe(second.id);
  expect(toResourceId(" dddddddd-4 ", known)).toBe("dddddddd-4");
  expect(toResourceId("Garage", known)).toBe("Garage");
  expect(toResourceId("", known)).toBe("");
});
