import * as vscode from 'vscode';
import { eventually, openFixture, positionOf } from './harness.ts';

/** What Podwire says over the first `text` of a file, as the Markdown that VS Code renders. */
export async function hover(file: string, text: string, offset = 1): Promise<string> {
  const { document } = await openFixture(file);
  const position = positionOf(document, text, offset);
  return eventually(`there is a hover on ${text}`, async () => {
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const contents = found.flatMap(({ contents: parts }) => parts as vscode.MarkdownString[]);
    const markdown = contents.map(({ value }) => value).join('\n');
    return markdown === '' || markdown.includes('Still reading manifests') ? undefined : markdown;
  });
}
