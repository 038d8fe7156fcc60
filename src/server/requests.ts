import { type Connection, RequestType } from 'vscode-languageserver';
import type { Reach } from '../topology/graph.ts';
import { answer, choices } from './answer.ts';
import { codeActions } from './code-actions.ts';
import { codeLenses, resolveCodeLens } from './code-lens.ts';
import { completion, resolveCompletion } from './completion.ts';
import type { Context } from './context.ts';
import { documentLinks } from './document-links.ts';
import { canonical } from './documents.ts';
import { guardFor } from './guard.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay-hints.ts';
import { definition, references } from './navigation.ts';
import { planned } from './plan.ts';
import { proofBetween } from './proof.ts';
import type { Location, TopologyResult } from './protocol.ts';
import * as protocol from './protocol.ts';
import { locate, nodeAt, reach, topology } from './topology.ts';
import { walkBetween } from './walk.ts';

/** Sends each request to its feature. A document is asked about once its latest text is read. */
export function answerRequests(connection: Connection, context: Context): void {
  answerEditor(connection, context);
  answerPicture(connection, context);
  answerQuestions(connection, context);
}

function answerEditor(connection: Connection, context: Context): void {
  const guard = guardFor(connection);
  const settled = async <P extends { textDocument: { uri: string } }>(params: P): Promise<P> => {
    const uri = canonical(params.textDocument.uri);
    await context.session.settled(uri);
    return { ...params, textDocument: { uri } };
  };
  connection.onHover(guard('hover', null, async (params) => hover(context, await settled(params))));
  connection.onDefinition(guard('definition', null, async (params) => definition(context, await settled(params))));
  connection.onReferences(guard('references', null, async (params) => references(context, await settled(params))));
  connection.onCodeLens(guard('codeLens', [], async (params) => codeLenses(context, await settled(params))));
  connection.onCodeAction(guard('codeAction', [], async (params) => codeActions(context, await settled(params))));
  connection.languages.inlayHint.on(
    guard('inlayHint', [], async (params) => inlayHints(context, await settled(params))),
  );
  connection.onDocumentLinks(
    guard('documentLink', [], async (params) => documentLinks(context, await settled(params))),
  );
  connection.onCompletion(guard('completion', null, async (params) => completion(context, await settled(params))));
  connection.onCompletionResolve((item, token) =>
    guard('completion/resolve', item, () => resolveCompletion(context, item))(item, token),
  );
  connection.onCodeLensResolve((lens, token) =>
    guard('codeLens/resolve', lens, () => resolveCodeLens(context, lens))(lens, token),
  );
}

function answerPicture(connection: Connection, context: Context): void {
  const guard = guardFor(connection);
  const settled = async (uri: string | undefined) => {
    if (uri === undefined) return uri;
    await context.session.settled(canonical(uri));
    return canonical(uri);
  };
  connection.onRequest(
    new RequestType<protocol.TopologyParams, TopologyResult | null, void>(protocol.topologyRequest),
    guard('topology', null, async (params: protocol.TopologyParams) => {
      const uri = await settled(params.uri);
      return topology(context, { ...params, ...(uri !== undefined && { uri }) });
    }),
  );
  connection.onRequest(
    new RequestType<protocol.NodeAtParams, string | null, void>(protocol.nodeAtRequest),
    guard('nodeAt', null, async ({ uri, position }: protocol.NodeAtParams) => {
      return nodeAt(context, { uri: (await settled(uri)) ?? uri, position });
    }),
  );
  connection.onRequest(
    new RequestType<protocol.ReachParams, Reach | null, void>(protocol.reachRequest),
    guard('reach', null, (params: protocol.ReachParams) => reach(context, params)),
  );
  connection.onRequest(
    new RequestType<protocol.LocateParams, Location | null, void>(protocol.locateRequest),
    guard('locate', null, (params: protocol.LocateParams) => locate(context, params)),
  );
}

function answerQuestions(connection: Connection, context: Context): void {
  const guard = guardFor(connection);
  const settled = async <P extends { readonly uri?: string }>(params: P): Promise<P> => {
    if (params.uri === undefined) return params;
    const uri = canonical(params.uri);
    await context.session.settled(uri);
    return { ...params, uri };
  };
  connection.onRequest(
    new RequestType<protocol.ChoicesParams, protocol.ChoicesResult | null, void>(protocol.choicesRequest),
    guard('choices', null, async (params: protocol.ChoicesParams) => choices(context, await settled(params))),
  );
  connection.onRequest(
    new RequestType<protocol.AnswerParams, protocol.AnswerResult | null, void>(protocol.answerRequest),
    guard('answer', null, async (params: protocol.AnswerParams) => answer(context, await settled(params))),
  );
  connection.onRequest(
    new RequestType<protocol.WalkParams, protocol.WalkResult | null, void>(protocol.walkRequest),
    guard('walk', null, (params: protocol.WalkParams) => walkBetween(context, params)),
  );
  connection.onRequest(
    new RequestType<protocol.ProofParams, protocol.ProofResult | null, void>(protocol.proofRequest),
    guard('proof', null, async (params: protocol.ProofParams) => {
      // Its fixes are edits of the texts that the client has when it asks.
      await context.session.idle();
      return proofBetween(context, params);
    }),
  );
  connection.onRequest(
    new RequestType<protocol.PlanParams, protocol.PlanResult | null, void>(protocol.planRequest),
    guard('plan', null, async (params: protocol.PlanParams, token) => {
      await context.session.idle();
      return planned(context, params, token);
    }),
  );
}
