/** Where a picture has its nodes and edges, by their ids; a node in which others stand reaches around them. */
export interface Places {
  readonly boxes: ReadonlyMap<string, Rectangle>;
  /** The corners of an edge's way, its ends among them; an edge may have none. */
  readonly routes: ReadonlyMap<string, readonly Corner[]>;
}

export interface Corner {
  readonly x: number;
  readonly y: number;
}

/** By its left upper corner. */
export interface Rectangle extends Corner {
  readonly width: number;
  readonly height: number;
}
