/**
 * What became of a change to a person: `last-admin`: refused, for nobody could manage people any more;
 * `self`: refused, for one cannot do it to oneself.
 */
export type PersonChange = "done" | "unknown" | "last-admin" | "self";
