import type { ClientMessage, PageMessage, ProofView } from '../src/client/panel-protocol.ts';
import { el, fill, pressed } from './dom.ts';
import type { Ends, Question } from './inquiry.ts';
import { ProofSection } from './proof.ts';
import { t } from './strings.ts';
import { WalkSection } from './walk.ts';

/** What the panel of a connection asks of its surroundings. */
export interface ConnectionEvents {
  readonly post: (message: PageMessage) => void;
  readonly onCopy: (text: string) => void;
  readonly onFoldWalk: (folded: boolean) => void;
  /** Another verdict is known, or none any more. */
  readonly onProof: () => void;
}

/** What is said of the connection between two ends: on which port, the proof, and the way of the packet. */
export class ConnectionPanel {
  readonly root: HTMLElement;
  private readonly choice = el('div', { class: 'choices', role: 'group', 'aria-label': t('ports'), hidden: '' });
  private readonly proofSection: ProofSection;
  private readonly walk: WalkSection;
  private readonly events: ConnectionEvents;

  constructor(events: ConnectionEvents, walkFolded: boolean) {
    this.events = events;
    const { post } = events;
    this.proofSection = new ProofSection({
      onAsk: (question, thorough) => post({ type: 'prove', ...asked(question), thorough }),
      onFollow: (request, link) => post({ type: 'follow', of: 'proof', request, link }),
      onWrite: (request, fix) => post({ type: 'write', of: 'proof', request, edit: fix }),
    });
    this.walk = new WalkSection(
      {
        onAsk: (question) => post({ type: 'walk', ...asked(question) }),
        onFollow: (request, link) => post({ type: 'follow', of: 'walk', request, link }),
        onCopy: events.onCopy,
        onFold: events.onFoldWalk,
      },
      walkFolded,
    );
    this.root = el('div', { class: 'connection' }, this.choice, this.proofSection.root, this.walk.root);
    this.choice.addEventListener('click', (event) => {
      const { port } = pressed(event);
      if (port !== undefined) this.choose(port);
    });
  }

  /** The verdict on the ends of now, once it is known. */
  get proof(): ProofView | undefined {
    return this.proofSection.inquiry.answer;
  }

  /** The port that is asked about, where one is known. */
  get port(): string | undefined {
    return this.proofSection.inquiry.port;
  }

  /** The connection to speak of, in the picture of now; none hides the panel. */
  about(ends: Ends | undefined): void {
    this.proofSection.about(ends);
    const port = this.port;
    // The walk goes to the port of the proof.
    this.walk.about(ends && { ...ends, ports: port === undefined ? [] : [port] });
    this.drawChoice();
  }

  /** Takes what the client says of it. */
  receive(message: Extract<ClientMessage, { type: 'walk' | 'proof' }>): void {
    if (message.type === 'walk') this.walk.receive(message.request, message.walk);
    else if (this.proofSection.receive(message.request, message.proof)) this.events.onProof();
  }

  private choose(port: string): void {
    const { inquiry } = this.proofSection;
    inquiry.choose(port);
    if (inquiry.ends) this.walk.about({ ...inquiry.ends, ports: [port] });
    this.drawChoice();
  }

  private drawChoice(): void {
    const ports = this.proofSection.inquiry.ends?.ports ?? [];
    fill(
      this.choice,
      ports.map((each) => portButton(each, each === this.port)),
    );
    this.choice.hidden = ports.length < 2;
  }
}

function asked({ request, ends: { set, source, target }, port }: Question) {
  return { request, set, source, target, port: port ?? null };
}

function portButton(port: string, isChosen: boolean): HTMLElement {
  const attributes = { class: 'choice', type: 'button', 'data-port': port, 'aria-pressed': String(isChosen) };
  return el('button', attributes, port);
}
