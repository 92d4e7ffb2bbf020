import { describe, expect, test } from "vitest";
import { type Access, can, type Permission, pages, routes } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
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

  test.each([
    ["operator", "viewer"],
    ["admin", "operator"],
  ] as const)("gives an %s everything that a role below, %s, may do, and more", (role, below) => {
    const grants = [...Object.entries(pages), ...Object.entries(routes).flatMap(toMethods)].flatMap(
      ([place, access]) => (isPermission(access) ? [[place, access] as const] : []),
    );
    const openTo = (who: Role) => grants.flatMap(([place, access]) => (can(who, access) ? place : []));
    expect(openTo(below).length).toBeGreaterThan(0);
    expect(openTo(role)).toEqual(expect.arrayContaining(openTo(below)));
    expect(openTo(role).length).toBeGreaterThan(openTo(below).length);
  });

  test("opens every page and route that is not public or a machine's to an admin, and only named ones to a viewer", () => {
    const accesses = [
      ...Object.values(pages),
      ...Object.values(routes).flatMap((each) => Object.values(each)),
    ];
    const permissions = new Set(accesses.filter(isPermission));
    expect(permissions.size).toBeGreaterThan(15);
    expect([...permissions].filter((permission) => !can("admin", permission))).toEqual([]);
    expect([...permissions].filter((permission) => can("viewer", permission)).sort()).toEqual([
      "account.own",
      "calls.view",
    ]);
  });
});

function toMethods([path, methods]: [string, (typeof routes)[string]]): [string, Access | undefined][] {
  return Object.entries(methods).map(([method, access]) => [`${method} ${path}`, access]);
}

function isPermission(access: Access | undefined): access is Permission {
  return access !== undefined && access !== "public" && access !== "webhook" && access !== "machine";
}
