import { defineSilenceRule } from "@/lib/alerts/rules/rule";

/** No one speaks, whoever spoke last. Lasts until anyone does. */
export const silence = defineSilenceRule({
  kind: "silence",
  label: "Silence",
  sentence: "is silent",
  setting: { name: "silenceSeconds", label: "Alert: silence on both sides" },
  isAfter: () => true,
  until: ({ until, isBroken }, { end }) => (isBroken ? until : end),
});
