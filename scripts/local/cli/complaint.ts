/** Something a person can mend: scripts print it as a sentence, without a stack. */
export class Complaint extends Error {
  override name = "Complaint";
}
