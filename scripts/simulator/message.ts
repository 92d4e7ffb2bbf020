/** What stands under `message` in a body: JSON, with Vapi's stamp and type. */
export interface Message {
  /** Epoch milliseconds. */
  timestamp: number;
  type: string;
  [key: string]: unknown;
}
