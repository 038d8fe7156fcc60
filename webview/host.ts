import { type ClientMessage, isClientMessage, leadsToText, type PageMessage } from '../src/client/panel-protocol.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();
/** How many messages so far put the cursor elsewhere. */
let led = 0;

/** Tells the client something. */
export function post(message: PageMessage): void {
  if (leadsToText(message)) led += 1;
  api.postMessage(message);
}

/** Hands on what the client says; what does not fit the protocol is dropped, and where the cursor was before it was moved. */
export function onMessage(handle: (message: ClientMessage) => void): void {
  addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isClientMessage(event.data) && !isOutdated(event.data)) handle(event.data);
  });
}

/** Its message may be under way while the person clicks on something else: that would be left for what was before. */
function isOutdated(message: ClientMessage): boolean {
  return message.type === 'select' && (message.after ?? led) < led;
}

/** What the page kept before it was reloaded. */
export function keptState(): unknown {
  return api.getState();
}

/** Keeps the state over a reload. */
export function keepState(state: unknown): void {
  api.setState(state);
}
