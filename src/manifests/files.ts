/** What discovery needs of a place that keeps files. The host gives it: Node's file system, or the editor's. */
export interface FileSystem {
  readDirectory(uri: string): Promise<readonly DirectoryEntry[]>;
  readFile(uri: string): Promise<Uint8Array>;
  stat(uri: string): Promise<FileStat>;
}

/** One thing in a folder. */
export interface DirectoryEntry {
  readonly name: string;
  /** In the form that the host uses everywhere: the same file never has two URIs. */
  readonly uri: string;
  /** What is a link is `link`, whatever it leads to. */
  readonly type: FileType;
}

export type FileType = 'file' | 'directory' | 'link' | 'other';

export interface FileStat {
  readonly type: FileType;
  /** In bytes. */
  readonly size: number;
}
