import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/**
 * Makes a handler that cannot bring the server down: what is thrown is logged with the request's name, and the answer
 * is `fallback`.
 */
export type Guard = <P, R>(
  name: string,
  fallback: R,
  handle: (params: P, token: CancellationToken) => R | Promise<R>,
) => (params: P, token: CancellationToken) => Promise<R | ResponseError>;

/** Guards handlers of `connection`; a request that was cancelled is not answered. */
export function guardFor(connection: Connection): Guard {
  return (name, fallback, handle) => async (params, token) => {
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await handle(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      connection.console.error(`${name}: ${textOf(error)}`);
      return fallback;
    }
  };
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}

/** What is known of an error, for the log. */
export function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
