import * as vscode from 'vscode';
import type { AnswerLink, AnswerParams, AnswerResult, Asked } from '../server/protocol.ts';
import { type Guard, object, string } from './guard.ts';
import type { Server } from './server.ts';

/** Of the addresses of answers, and the name of their language. */
const scheme = 'podwire-answer';

const isTrace = object({ trace: object({ from: string, to: string }) });
const isQuestion = object({ question: string });
const isAsked: Guard<Asked> = (value): value is Asked => isTrace(value) || isQuestion(value);
const isAddressed = object({ asked: isAsked }, { uri: string });

/** Opens an answer as a document. Its address holds the question: a restored window asks it again. */
export async function showAnswer(params: AnswerParams): Promise<void> {
  const uri = vscode.Uri.from({ scheme, path: `/${titleOf(params.asked)}`, query: JSON.stringify(params) });
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  // Where the topology has the focus, what it was asked from stays in sight.
  const column = (activeTextEditor ?? visibleTextEditors[0])?.viewColumn ?? vscode.ViewColumn.Active;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), column);
}

/** The document whose cluster an answer is about, where the answer is what is shown. */
export function askedOf({ uri }: vscode.TextDocument): string | undefined {
  return uri.scheme === scheme ? parse(uri.query)?.uri : undefined;
}

function titleOf(asked: Asked): string {
  if ('question' in asked) return asked.question.trim().split(/\s+/).map(briefName).join(' ');
  return `${briefName(asked.trace.from)} → ${briefName(asked.trace.to)}`;
}

/** `catalog:8080` of `shop/svc/catalog:8080`: the last part that is neither a protocol nor the length of a prefix. */
function briefName(name: string): string {
  return name.split('/').findLast((part) => !/^(TCP|UDP|SCTP|\d+)$/i.test(part)) ?? name;
}

/** Tells answers in documents that nobody can change: they follow the manifests, and lead to their lines. */
export class Answers implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable {
  private readonly server: Server;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscription: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  constructor(server: Server) {
    this.server = server;
    this.subscription = vscode.Disposable.from(
      this.changed,
      server.onChanged(() => this.refresh()),
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerDocumentLinkProvider({ scheme }, this),
      vscode.workspace.onDidOpenTextDocument(setLanguage),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const answer = await this.ask(uri);
    return answer?.text ?? vscode.l10n.t('The manifests are not read yet, or are gone.');
  }

  /** None while the document is still to follow an edit: VS Code asks again then. */
  async provideDocumentLinks(document: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
    const answer = await this.ask(document.uri);
    return answer?.text === document.getText() ? answer.links.map(documentLink) : [];
  }

  private async ask({ query }: vscode.Uri): Promise<AnswerResult | undefined> {
    const params = parse(query);
    return params && this.server.answer(params);
  }

  private refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme) this.changed.fire(uri);
  }
}

/** By its language the editor knows how to show an answer: `configurationDefaults` in package.json. */
async function setLanguage(document: vscode.TextDocument): Promise<void> {
  if (document.uri.scheme !== scheme || document.languageId === scheme) return;
  await vscode.languages.setTextDocumentLanguage(document, scheme);
}

/** VS Code goes to the line and the character of a fragment. */
function documentLink({ range: { start, end }, target }: AnswerLink): vscode.DocumentLink {
  const { line, character } = target.range.start;
  const fragment = `L${line + 1},${character + 1}`;
  return new vscode.DocumentLink(
    new vscode.Range(start.line, start.character, end.line, end.character),
    vscode.Uri.parse(target.uri, true).with({ fragment }),
  );
}

function parse(query: string): AnswerParams | undefined {
  try {
    const params: unknown = JSON.parse(query);
    return isAddressed(params) ? params : undefined;
  } catch {
    return undefined;
  }
}
