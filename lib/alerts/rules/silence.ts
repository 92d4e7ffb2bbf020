import { defineSilenceRule } from "@/lib/alerts/rules/rule";

/** Both sides are silent. Lasts until either speaks. */
export const silence = defineSilenceRule({
  kind: "silence",
  label: "Silence",
  sentence: "is silent",
  setting: { name: "silenceSeconds", label: "Alert: silence on both sides" },
  isAfter: () => true,
  until: ({ until, isBroken }, { end }) => (isBroken ? until : end),
});
