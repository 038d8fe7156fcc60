import * as vscode from 'vscode';
import type { TraceParams } from '../server/protocol.ts';
import { object, string } from './guard.ts';
import type { Server } from './server.ts';
import { showWalk } from './walks.ts';

/** What a link passes: a document of the cluster, and the ends that are known. */
const isLink = object({}, { uri: string, from: string, to: string });

/** Shows the way of a packet. What the link does not say of it, the person is asked. */
export async function tracePacket(server: Server, argument: unknown, document: string | undefined): Promise<void> {
  // A menu passes the address of its document, which is the active one.
  const link: Partial<TraceParams> = !(argument instanceof vscode.Uri) && isLink(argument) ? argument : {};
  const uri = link.uri ?? document;
  const cluster = uri === undefined ? {} : { uri };
  const ends = await server.traceEnds(cluster);
  if (!ends) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There are no manifests to trace a packet in.'));
    return;
  }
  const from = link.from ?? (await pickEnd(ends.from, vscode.l10n.t('Who sends the packet?')));
  const to = from === undefined ? undefined : await targetOf(ends.to, link.to);
  if (from !== undefined && to !== undefined) await showWalk({ ...cluster, from, to });
}

/** The target that a link names; which port of a Service is meant is asked where it has several. */
async function targetOf(targets: readonly string[], linked: string | undefined): Promise<string | undefined> {
  const question = vscode.l10n.t('Whom does it call?');
  if (linked === undefined) return pickEnd(targets, question);
  const ports = targets.filter((target) => target.startsWith(`${linked}:`));
  return ports.length > 1 ? pickEnd(ports, question) : linked;
}

/** Lets a person choose a name, or write what is not in the list: another port, an address. */
function pickEnd(names: readonly string[], question: string): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick<EndItem>();
  const listed = names.map((name): EndItem => ({ name, label: name }));
  picker.items = listed;
  picker.title = vscode.l10n.t('Trace a Packet');
  picker.placeholder = `${question} ${vscode.l10n.t('A name or an address')}`;
  return new Promise((resolve) => {
    picker.onDidChangeValue((value) => {
      const written = value.trim();
      const isListed = written === '' || names.includes(written);
      picker.items = isListed ? listed : [...listed, writtenItem(written)];
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

type EndItem = vscode.QuickPickItem & { readonly name: string };

function writtenItem(name: string): EndItem {
  return { name, label: vscode.l10n.t('Take “{0}” as it is written', name), alwaysShow: true };
}
