/** What became of the calls that were to be imported. */
export interface ImportTally {
  imported: number;
  /** Their report was there. */
  known: number;
  /** They go on, or have not begun. */
  goingOn: number;
  failed: number;
  /** How often each reason was the one. */
  reasons: Map<string, number>;
  /** Milliseconds of which Vapi may have more calls than a page shows, and how many of them were seen. */
  crowded: Map<string, number>;
}

export function createImportTally(): ImportTally {
  return { imported: 0, known: 0, goingOn: 0, failed: 0, reasons: new Map(), crowded: new Map() };
}
