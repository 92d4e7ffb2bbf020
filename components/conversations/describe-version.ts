import type { ListedVersion } from "@/lib/conversations/versions";

/** What was done to make a version. */
export function describeVersion({ kind, restored, changed }: ListedVersion): string {
  switch (kind) {
    case "made":
      return "made it";
    case "forgotten":
      return "forgot everything";
    case "restored":
      return `restored version ${restored}`;
    case "patched":
    case "replaced":
      return changed.length > 0 ? `changed ${changed.join(", ")}` : "changed it";
  }
}
