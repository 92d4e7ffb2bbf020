import { defineSilenceRule } from "@/lib/alerts/rules/rule";

/** The caller has stopped speaking, and the assistant has not started. Lasts until the assistant's next sign of speech. */
export const noAnswer = defineSilenceRule({
  kind: "no-answer",
  label: "No answer",
  sentence: "is waiting for an answer",
  setting: { name: "noAnswerSeconds", label: "Alert: the assistant has not answered" },
  isAfter: (after) => after === "user",
  until: ({ since }, { answerAfter }) => answerAfter(since),
});
