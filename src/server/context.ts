import type { Spot } from '../manifests/file.ts';
import type { Position } from '../manifests/lines.ts';
import type { Snapshot } from '../manifests/workspace.ts';
import type { Session } from './session.ts';
import type { World, Worlds } from './worlds.ts';

/** What the client told about itself, as far as a feature needs it. */
export interface Client {
  readonly markdown: boolean;
  /** The commands of Podwire's own extension, which links and lenses may name. */
  readonly commands: ReadonlySet<string>;
  /** Whether it shows what an edit is annotated with, and asks before it applies one. */
  readonly annotations: boolean;
}

/** What every feature works with. */
export interface Context {
  readonly session: Session;
  readonly worlds: Worlds;
  readonly client: Client;
}

/** A world as it is in a snapshot. */
export interface Found {
  readonly snapshot: Snapshot;
  readonly world: World;
}

/** The snapshot of now and the world that a document belongs to in it. */
export function worldOf({ session, worlds }: Context, uri: string): Found | undefined {
  const snapshot = session.snapshot();
  const set = snapshot.setOf(uri);
  return set && { snapshot, world: worlds.of(snapshot, set, session.roots) };
}

/** The world that a file belongs to. */
export function worldOfFile({ session, worlds }: Context, uri: string): World {
  return worlds.ofFile(session.snapshot(), uri, session.roots);
}

/** What stands at a position of a document, and the world that it belongs to. */
export function spotAt(context: Context, uri: string, position: Position): (Found & { spot: Spot }) | undefined {
  const found = worldOf(context, uri);
  const file = found?.snapshot.file(uri);
  const spot = found && file && found.snapshot.at(uri, file.offsetAt(position));
  return spot && { ...found, spot };
}

/** The world of a set, by its id. */
export function worldNamed({ session, worlds }: Context, id: string): Found | undefined {
  const snapshot = session.snapshot();
  const set = snapshot.sets.find((each) => each.id === id);
  return set && { snapshot, world: worlds.of(snapshot, set, session.roots) };
}

/** All worlds of now. */
export function allWorlds({ session, worlds }: Context): { snapshot: Snapshot; worlds: readonly World[] } {
  const snapshot = session.snapshot();
  return { snapshot, worlds: worlds.all(snapshot, session.roots) };
}
