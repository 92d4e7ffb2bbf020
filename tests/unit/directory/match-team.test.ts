import { describe, expect, test } from "vitest";
import { matchTeam } from "@/lib/directory/directory";

const entries = ["Billing", "Claims (car)", "Claims (home)", "Notdienst", "The Desk"].map((team) => ({
  team,
}));
const match = (said: string) => matchTeam(entries, said)?.team ?? null;

describe("teams: a team is found for", () => {
  test.each([
    ["Billing", "Billing"],
    ["the BILLING department, please", "Billing"],
    ["billing team", "Billing"],
    ["claims car", "Claims (car)"],
    ["notdienst", "Notdienst"],
    ["the desk", "The Desk"],
  ])("“%s”", (said, team) => expect(match(said)).toBe(team));
});

describe("teams: no team is guessed for", () => {
  test.each([["claims"], ["sales"], [""], ["the team"], ["?"]])("the words “%s”", (said) => {
    expect(match(said)).toBeNull();
  });
});
