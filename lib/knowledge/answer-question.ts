import "server-only";
import { db } from "@/db/client";
import type { FoundPassage } from "@/lib/knowledge/knowledge-document";
import { searchKnowledge } from "@/lib/knowledge/search-knowledge";
import { describeError, log } from "@/lib/log";
import { withDeadline } from "@/lib/with-deadline";

/** The caller waits for the model, and the model for this. */
const deadlineMs = 1_500;

/** What there is to know about what was asked; nothing when the database is slow or gone. Never rejects. */
export async function answerQuestion(question: string): Promise<FoundPassage[]> {
  if (question === "") return [];
  try {
    return await withDeadline(searchKnowledge(db, question), deadlineMs);
  } catch (cause) {
    log("warn", "the knowledge base could not be asked", describeError(cause));
    return [];
  }
}
