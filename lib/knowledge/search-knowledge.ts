import "server-only";
import type { Database } from "@/db/client";
import { findPassages } from "@/db/queries/knowledge/find-passages";
import type { FoundPassage } from "@/lib/knowledge/knowledge-document";

const maxPassages = 4;
/** More than this is a story and not a question: its end is what is asked. */
const maxQuestion = 2_000;
/** One word of a long question says little. */
const minSimilarity = 0.15;

/** The passages that a model is given for a question, best first. */
export async function searchKnowledge(
  db: Pick<Database, "execute">,
  question: string,
): Promise<FoundPassage[]> {
  if (question === "") return [];
  const found = await findPassages(db, question.slice(-maxQuestion), maxPassages);
  return found.filter(({ similarity }) => similarity >= minSimilarity);
}
