import * as vscode from 'vscode';
import type { Location, Supposing, Wish } from '../server/protocol.ts';
import { Answered, type Told } from './answered.ts';
import { applyEdits, type Change } from './apply-edits.ts';
import { namesOfEnds } from './node-names.ts';
import type { ClientMessage, PageMessage } from './panel-protocol.ts';
import type { Server } from './server.ts';
import type { TextPlaces } from './text-places.ts';

type Message<T extends PageMessage['type']> = Extract<PageMessage, { type: T }>;

/** What the page asks of the server, and what it asks to do with the answers. */
export type PanelQuestion = Message<'reach' | 'walk' | 'prove' | 'plan' | 'follow' | 'write'>;

/** Has the questions of the page answered in the world that is supposed, and does what is asked of the answers. */
export class PanelQuestions {
  private readonly server: Server;
  private readonly places: TextPlaces;
  private readonly post: (message: ClientMessage) => void;
  private readonly answered = new Answered();
  private planning: vscode.CancellationTokenSource | undefined;
  private wishes: readonly Wish[] = [];
  /** The set of manifests that is shown. */
  private set: string | undefined;

  constructor(server: Server, places: TextPlaces, post: (message: ClientMessage) => void) {
    this.server = server;
    this.places = places;
    this.post = post;
  }

  /** A page that was loaded anew has asked nothing yet, and supposes nothing. */
  reset(): void {
    this.answered.clear();
    this.planning?.cancel();
    this.wishes = [];
    this.set = undefined;
  }

  /** Another set is shown: what was supposed of the one before does not hold in it. Whether anything was. */
  turnTo(set: string): boolean {
    const isForgotten = this.set !== undefined && this.set !== set && this.wishes.length > 0;
    if (isForgotten) this.wishes = [];
    this.set = set;
    return isForgotten;
  }

  /** What is taken for granted from now on. */
  suppose(wishes: readonly Wish[]): void {
    this.wishes = wishes;
  }

  /** The same, as questions say it. */
  get supposing(): Supposing {
    return this.wishes.length > 0 ? { supposed: this.wishes } : {};
  }

  async take(message: PanelQuestion): Promise<void> {
    switch (message.type) {
      case 'reach':
        return this.answerReach(message);
      case 'walk':
        return this.answerWalk(message);
      case 'prove':
        return this.answerProof(message);
      case 'plan':
        return this.answerPlan(message);
      case 'follow':
        return this.follow(message);
      case 'write':
        return this.write(message);
    }
  }

  private async answerReach({ request, set, id, direction }: Message<'reach'>): Promise<void> {
    const reach = await this.server.reach({ set, id, direction, ...this.supposing });
    this.post({ type: 'reach', request, reach: reach ?? null });
  }

  private async answerWalk(message: Message<'walk'>): Promise<void> {
    const { request, set } = message;
    const answer = await this.server.walk({ set, ...namesOfEnds(message), ...this.supposing });
    this.answered.keep('walk', toldOf(request, answer?.targets));
    this.post({ type: 'walk', request, walk: answer?.walk ?? null });
  }

  private async answerProof(message: Message<'prove'>): Promise<void> {
    const { request, set, thorough } = message;
    const answer = await this.server.proof({ set, thorough, ...namesOfEnds(message), ...this.supposing });
    const changes = (answer?.edits ?? []).map((edits) => ({ edits, files: [] }));
    this.answered.keep('proof', toldOf(request, answer?.targets, changes));
    this.post({ type: 'proof', request, proof: answer?.proof ?? null });
  }

  /** Working a plan out may take seconds: an older one that nobody waits for any more is given up. */
  private async answerPlan({ request, set, supposed, wish }: Message<'plan'>): Promise<void> {
    this.planning?.cancel();
    this.planning = new vscode.CancellationTokenSource();
    const { token } = this.planning;
    const answer = await this.server.plan({ set, supposed, ...(wish && { wish }) }, token);
    if (token.isCancellationRequested) return;
    const changes = answer ? [{ edits: answer.edits, files: answer.files }] : [];
    this.answered.keep('plan', toldOf(request, answer?.targets, changes));
    this.post({ type: 'plan', request, plan: answer?.plan ?? null });
  }

  private async follow({ of, request, link }: Message<'follow'>): Promise<void> {
    const target = this.answered.target(of, request, link);
    if (target) await this.places.show(target, true);
  }

  /** Writes, and shows where; the keyboard stays in the picture. */
  private async write({ of, request, edit }: Message<'write'>): Promise<void> {
    const change = this.answered.change(of, request, edit);
    const isDone = change !== undefined && (await applyEdits(change));
    this.post({ type: 'applied', isDone });
    const first = isDone && beginningOf(change);
    if (first) await this.places.show(first, false);
  }
}

function toldOf(request: number, targets: readonly Location[] = [], changes: readonly Change[] = []): Told {
  return { request, targets, changes };
}

/** Where the first thing is written. */
function beginningOf({ edits, files }: Change): Location | undefined {
  const [edit] = edits;
  const [file] = files;
  const beginning = { line: 0, character: 0 };
  return edit ?? (file && { uri: file.uri, range: { start: beginning, end: beginning } });
}
