export interface Answered {
  response: Response;
  /** Tells open pages once the answer has left. Never rejects. */
  later: Promise<void>;
}

/** An answer after which there is nothing to tell. */
export function only(response: Response): Answered {
  return { response, later: Promise.resolve() };
}
