/** What a task ends with. */
export interface TaskResult {
  /** 0: all is well. 1: something is left to be done by hand, and the text says what. 2: it failed. */
  exitCode: number;
  /** For the terminal; empty where somebody else has said it. */
  text: string;
}
