import { defineSilenceRule } from "@/lib/alerts/rules/rule";

/** Nobody speaks, whoever spoke last. It lasts until anybody does. */
export const silence = defineSilenceRule({
  kind: "silence",
  label: "Silence",
  sentence: "is silent",
  setting: { name: "silenceSeconds", label: "Alert: silence on both sides" },
  isAfter: () => true,
  until: ({ until, isBroken }, { end }) => (isBroken ? until : end),
});
