import { describe, expect, test } from "vitest";
import { can, pages, routes } from "@/lib/auth/permissions";
import { listEntryPoints } from "@/tests/support/people/list-entry-points";

const entryPoints = listEntryPoints();

describe("the permission table", () => {
  test("lists every existing page and no other", () => {
    expect(Object.keys(pages).sort()).toEqual(entryPoints.pages);
  });

  test("lists every existing route with its methods and no other", () => {
    const named = Object.entries(routes).map(([path, access]) => ({
      path,
      methods: Object.keys(access).sort(),
    }));
    expect(named.sort((a, b) => a.path.localeCompare(b.path))).toEqual(entryPoints.routes);
  });

  test("grants calls.view to all roles, numbers.view from operator up, and people.manage to admins", () => {
    expect(["viewer", "operator", "admin"].map((role) => can(role as "viewer", "calls.view"))).toEqual([
      true,
      true,
      true,
    ]);
    expect(can("viewer", "numbers.view")).toBe(false);
    expect(can("operator", "numbers.view")).toBe(true);
    expect(can("operator", "people.manage")).toBe(false);
    expect(can("admin", "people.manage")).toBe(true);
  });
});
