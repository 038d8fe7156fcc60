import { type ClientMessage, isClientMessage, type PageMessage } from '../src/client/panel-protocol.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** Tells the client something. */
export function post(message: PageMessage): void {
  api.postMessage(message);
}

/** Hands on what the client says; what does not fit the protocol is dropped. */
export function onMessage(handle: (message: ClientMessage) => void): void {
  addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isClientMessage(event.data)) handle(event.data);
  });
}

/** What the page kept before it was reloaded. */
export function keptState(): unknown {
  return api.getState();
}

/** Keeps the state over a reload. */
export function keepState(state: unknown): void {
  api.setState(state);
}
