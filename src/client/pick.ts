import * as vscode from 'vscode';

/** One question to the person: what there is to choose from; what is in no list may be written. */
export interface Step {
  /** What is picked; the last pick of it is offered first. Absent where it means nothing the next time. */
  readonly slot?: string;
  readonly question: string;
  readonly choices: readonly Choice[];
}

export interface Choice {
  readonly name: string;
  /** What is shown in place of the name. */
  readonly label?: string;
  readonly description?: string;
}

/**
 * Asks one question after another, each knowing what was picked before, until there is no next one; a button leads back
 * to the one before. Undefined where the person gives up.
 */
export async function pickInTurn(
  memory: vscode.Memento,
  title: string,
  next: (picked: readonly string[]) => Step | undefined,
): Promise<readonly string[] | undefined> {
  const picked: string[] = [];
  for (let step = next(picked); step; step = next(picked)) {
    const key = step.slot === undefined ? undefined : `podwire.picked.${step.slot}`;
    const answer = await pick(title, step.question, withLast(step.choices, key && memory.get(key)), picked.length > 0);
    if (answer === undefined) return undefined;
    if (answer === back) {
      picked.pop();
      continue;
    }
    picked.push(answer);
    if (key) await memory.update(key, answer);
  }
  return picked;
}

/** What was picked the last time stands first, so that Enter takes it again. */
function withLast(choices: readonly Choice[], last: unknown): readonly Choice[] {
  if (typeof last !== 'string') return choices;
  const again = { name: last, description: vscode.l10n.t('picked last') };
  return [again, ...choices.filter(({ name }) => name !== last)];
}

const back = Symbol();

type ChoiceItem = vscode.QuickPickItem & { readonly name: string };

function pick(
  title: string,
  question: string,
  choices: readonly Choice[],
  hasBack: boolean,
): Promise<string | typeof back | undefined> {
  const picker = vscode.window.createQuickPick<ChoiceItem>();
  const listed = choices.map((choice): ChoiceItem => ({ label: choice.name, ...choice }));
  picker.items = listed;
  picker.title = title;
  picker.placeholder = question;
  picker.matchOnDescription = true;
  picker.buttons = hasBack ? [vscode.QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    picker.onDidChangeValue((value) => {
      const written = value.trim();
      const isListed = written === '' || listed.some(({ name }) => name === written);
      picker.items = isListed ? listed : [...listed, writtenItem(written)];
    });
    picker.onDidTriggerButton(() => {
      resolve(back);
      picker.hide();
    });
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.name);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function writtenItem(name: string): ChoiceItem {
  return { name, label: vscode.l10n.t('Take “{0}” as it is written', name), alwaysShow: true };
}
