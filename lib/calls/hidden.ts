/** What stands where somebody may not look. */
export const hidden = "•••";
