/** What the engine says, under the names that the vectors of the topic use. */
export type Answer = Readonly<Record<string, unknown>>;
