/**
 * The same pieces, until the reader takes longer than `patienceMs` over one: then it ends with an error, and what
 * it was made from is let go. `done` is called once, however it ends.
 */
export async function* withPatience(
  pieces: AsyncGenerator<string>,
  patienceMs: number,
  done: () => void,
): AsyncGenerator<string> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasGivenUp = false;
  const giveUp = () => {
    hasGivenUp = true;
    void pieces.return(undefined).finally(done);
  };
  try {
    for (;;) {
      const { value, done: isDone } = await pieces.next();
      if (isDone) return;
      timer = setTimeout(giveUp, patienceMs);
      yield value;
      clearTimeout(timer);
      if (hasGivenUp) throw new Error("The reader took too long.");
    }
  } finally {
    clearTimeout(timer);
    await pieces.return(undefined);
    done();
  }
}
