import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import {
  type AnswerParams,
  type AnswerResult,
  answerRequest,
  type ChoicesParams,
  type ChoicesResult,
  changedNotification,
  choicesRequest,
  type LocateParams,
  type Location,
  locateRequest,
  type NodeAtParams,
  nodeAtRequest,
  type PlanParams,
  type PlanResult,
  type ProofParams,
  type ProofResult,
  planRequest,
  proofRequest,
  type ReachParams,
  reachRequest,
  type TopologyParams,
  type TopologyResult,
  topologyRequest,
  type WalkParams,
  type WalkResult,
  walkRequest,
} from '../server/protocol.ts';
import type { Reach } from '../topology/graph.ts';

/** The language server as the client's features see it: questions with an answer, or `undefined` while it is away. */
export class Server {
  private readonly client: BaseLanguageClient;
  private readonly output: vscode.LogOutputChannel;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly stopped = new vscode.EventEmitter<void>();

  /** Whether clusters were built since the server started. */
  hasBuilt = false;
  /** The clusters were built anew. */
  readonly onChanged = this.changed.event;
  /** The server does not run, and nobody asked it to end. */
  readonly onStopped = this.stopped.event;

  constructor(client: BaseLanguageClient, output: vscode.LogOutputChannel) {
    this.client = client;
    this.output = output;
    client.onNotification(changedNotification, () => {
      this.hasBuilt = true;
      this.changed.fire();
    });
    client.onDidChangeState(({ newState }) => {
      if (newState !== State.Stopped) return;
      this.hasBuilt = false;
      this.stopped.fire();
    });
  }

  get isRunning(): boolean {
    return this.client.isRunning();
  }

  /** Starts it; a failure is said in the output and by `onStopped`, not thrown. */
  async start(): Promise<void> {
    try {
      await this.client.start();
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
      this.stopped.fire();
    }
  }

  async restart(): Promise<void> {
    try {
      if (this.client.needsStop()) await this.client.stop();
      await this.client.start();
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
      this.stopped.fire();
    }
  }

  async stop(): Promise<void> {
    if (this.client.needsStop()) await this.client.stop();
  }

  topology(params: TopologyParams): Promise<TopologyResult | undefined> {
    return this.ask(topologyRequest, params);
  }

  reach(params: ReachParams): Promise<Reach | undefined> {
    return this.ask(reachRequest, params);
  }

  locate(params: LocateParams): Promise<Location | undefined> {
    return this.ask(locateRequest, params);
  }

  nodeAt(params: NodeAtParams, token?: vscode.CancellationToken): Promise<string | undefined> {
    return this.ask(nodeAtRequest, params, token);
  }

  choices(params: ChoicesParams): Promise<ChoicesResult | undefined> {
    return this.ask(choicesRequest, params);
  }

  answer(params: AnswerParams): Promise<AnswerResult | undefined> {
    return this.ask(answerRequest, params);
  }

  walk(params: WalkParams): Promise<WalkResult | undefined> {
    return this.ask(walkRequest, params);
  }

  proof(params: ProofParams): Promise<ProofResult | undefined> {
    return this.ask(proofRequest, params);
  }

  plan(params: PlanParams, token: vscode.CancellationToken): Promise<PlanResult | undefined> {
    return this.ask(planRequest, params, token);
  }

  private async ask<T>(method: string, params: object, token?: vscode.CancellationToken): Promise<T | undefined> {
    if (!this.client.isRunning()) return undefined;
    try {
      // An absent token must not be passed on: it would be sent as a second parameter.
      const answer = token
        ? await this.client.sendRequest<T | null>(method, params, token)
        : await this.client.sendRequest<T | null>(method, params);
      return answer ?? undefined;
    } catch (error) {
      if (!token?.isCancellationRequested) this.output.warn(`${method}: ${String(error)}`);
      return undefined;
    }
  }
}
