/**
 * Why a private server did not start. The message is one sentence for a person (followed, for START_FAILED, by the
 * server's own last lines); `code` is for programs.
 */
export type LocalServerErrorCode =
  /** The server's program is not on this machine. */
  | 'SERVER_NOT_INSTALLED'
  /** A port that was asked for is in use. */
  | 'PORT_TAKEN'
  /** A live process has already started a server on this data directory. */
  | 'DATA_DIR_IN_USE'
  /** The server exited early or did not answer in time. */
  | 'START_FAILED'
  /** The management API or rabbitmqctl refused a request. */
  | 'REQUEST_FAILED';

export class LocalServerError extends Error {
  override readonly name = 'LocalServerError';

  constructor(
    readonly code: LocalServerErrorCode,
    message: string,
  ) {
    super(message);
  }
}
