import * as vscode from 'vscode';
import { eventually, inWebview, openFixture, person } from './harness.ts';

// What suites that walk through the topology do with its page, as somebody before the window does.

/**
 * Opens the topology beside a narrow editor: its side panel then has room beside the picture. Without an orientation the
 * groups may come to stand one below the other.
 */
export async function openTopology(file: string): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('workbench.action.closeSidebar');
  await vscode.commands.executeCommand('vscode.setEditorLayout', {
    orientation: 0,
    groups: [{ size: 0.34 }, { size: 0.66 }],
  });
  const editor = await openFixture(file, { viewColumn: vscode.ViewColumn.One });
  await vscode.commands.executeCommand('podwire.showTopology', { uri: editor.document.uri.toString() });
  return editor;
}

/** Puts the window back as the suites before had it. */
export async function closeTopology(): Promise<void> {
  await vscode.commands.executeCommand('vscode.setEditorLayout', { orientation: 0, groups: [{}] });
  await vscode.commands.executeCommand('workbench.view.explorer');
}

/** What the picture holds: where its nodes are, how near it is, and the classes of its edges by their ids. */
export interface Drawn {
  readonly places: Readonly<Record<string, readonly [x: number, y: number]>>;
  readonly zoom: number;
  readonly pan: readonly [x: number, y: number];
  readonly edges: Readonly<Record<string, readonly string[]>>;
  /** Whether it knows by now what room it has: the side panel takes some of it. */
  readonly isSized: boolean;
}

/** What is drawn; an empty picture where nothing is yet. */
export async function drawn(): Promise<Drawn> {
  return inWebview(() => {
    // biome-ignore lint/suspicious/noExplicitAny: the library hangs its instance on the element that it draws in.
    const canvas = document.querySelector('.canvas') as any;
    const cy = canvas?._cyreg?.cy;
    if (!cy) return { places: {}, zoom: 0, pan: [0, 0], edges: {}, isSized: false };
    const { x, y } = cy.pan();
    return {
      // biome-ignore lint/suspicious/noExplicitAny: see above.
      places: Object.fromEntries(cy.nodes().map((node: any) => [node.id(), Object.values(node.position())])),
      zoom: cy.zoom(),
      pan: [x, y],
      // biome-ignore lint/suspicious/noExplicitAny: see above.
      edges: Object.fromEntries(cy.edges().map((edge: any) => [edge.id(), edge.classes()])),
      isSized: cy.width() === canvas.clientWidth && cy.height() === canvas.clientHeight,
    };
  });
}

/** What is drawn, once a node is among it and nothing moves any more. */
export async function atRest(id: string): Promise<Drawn> {
  let last = '';
  return eventually(`the picture with ${id} is at rest`, async () => {
    const now = await drawn();
    const before = last;
    last = JSON.stringify(now);
    return now.places[id] && now.isSized && last === before ? now : undefined;
  });
}

/** A point of the canvas: the middle of a node. */
export async function middleOf(id: string): Promise<{ readonly x: number; readonly y: number }> {
  await atRest(id);
  return inWebview((wanted: string) => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const { x, y } = (document.querySelector('.canvas') as any)._cyreg.cy.getElementById(wanted).renderedPosition();
    return { x, y };
  }, id);
}

/** Clicks on a node in the picture. */
export async function clickOn(id: string, modifiers: ('Shift' | 'Control')[] = []): Promise<void> {
  await person.clickInWebview('.canvas', { position: await middleOf(id), modifiers });
}

/** Clicks on a frame, at its name: its middle belongs to what stands in it. */
export async function clickOnFrame(id: string): Promise<void> {
  await atRest(id);
  const position = await inWebview((wanted: string) => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    const { cy } = (document.querySelector('.canvas') as any)._cyreg;
    const { x1, y1 } = cy.getElementById(wanted).renderedBoundingBox({ includeLabels: false });
    return { x: x1 + 16, y: y1 + 12 };
  }, id);
  await person.clickInWebview('.canvas', { position });
}

/** Draws a line from one node to another: the grip at the right of the first comes when the mouse is on it. */
export async function drawLine(source: string, target: string, picture?: string): Promise<void> {
  const to = await middleOf(target);
  await person.hoverInWebview('.canvas', await middleOf(source));
  const { grip, canvas } = await eventually('there is a grip', () =>
    inWebview(() => {
      const boxOf = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
      const [grip, canvas] = [boxOf('.grip:not([hidden])'), boxOf('.canvas')];
      if (!grip || !canvas) return undefined;
      const middle = { x: grip.x + grip.width / 2, y: grip.y + grip.height / 2 };
      return { grip: middle, canvas: { x: canvas.x, y: canvas.y } };
    }),
  );
  await person.dragInWebview(grip, { x: canvas.x + to.x, y: canvas.y + to.y }, picture);
}

/** The text of an element as it is seen; empty where there is none. */
export async function textOf(selector: string): Promise<string> {
  return inWebview((wanted: string) => {
    const element = document.querySelector<HTMLElement>(wanted);
    return element?.checkVisibility() ? element.innerText : '';
  }, selector);
}

/** The text of an element, once it matches. */
export async function says(selector: string, pattern: RegExp): Promise<string> {
  let last = '';
  return eventually(`${selector} says ${pattern}`, async () => {
    last = await textOf(selector);
    return pattern.test(last) ? last : undefined;
  }).catch((error) => {
    throw new Error(`${String(error)}; it says: ${last}`);
  });
}

/** Presses a button of the page by its words. */
export async function press(words: string): Promise<void> {
  await person.clickInWebview(`vscode-button:text-is("${words}")`);
}

/** The id of what has the keyboard in the tree, or what else names it there. */
export async function focused(): Promise<string> {
  return inWebview(() => {
    const { activeElement } = document;
    const { id, key, port } = activeElement instanceof HTMLElement ? activeElement.dataset : {};
    return id ?? key ?? port ?? activeElement?.id ?? '';
  });
}
