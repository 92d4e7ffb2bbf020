import { expect, test } from "vitest";
import { toChoices, toResourceId } from "@/lib/vapi/resources";

const clinic = { id: "aaaaaaaa-1", name: "Clinic" };
const first = { id: "bbbbbbbb-2", name: "Garage" };
const second = { id: "cccccccc-3", name: "garage" };

test("an assistant is chosen by its name; of two with one name, by the beginning of the id too", () => {
  expect(toChoices([clinic, first, second]).map(({ label }) => label)).toEqual([
    "Clinic",
    "Garage (bbbbbbbb)",
    "garage (cccccccc)",
  ]);
});

test("what somebody chose or typed is the id of that name, in any case, or the id they wrote", () => {
  const known = [clinic, first, second];
  expect(toResourceId("clinic ", known)).toBe(clinic.id);
  expect(toResourceId("Garage (cccccccc)", known)).toBe(second.id);
  expect(toResourceId(" dddddddd-4 ", known)).toBe("dddddddd-4");
  expect(toResourceId("Garage", known)).toBe("Garage");
  expect(toResourceId("", known)).toBe("");
});
