/** The URI of the folder that `uri` stands in. */
export function parentOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.lastIndexOf('/')));
}

/** The last segment of `uri`, decoded. */
export function baseName(uri: string): string {
  return decoded(uri.slice(uri.lastIndexOf('/') + 1));
}

/** Whether `uri` is `folder` or stands somewhere below it. */
export function isWithin(folder: string, uri: string): boolean {
  return uri === folder || uri.startsWith(`${folder}/`);
}

/** The way from `folder` to `uri`, decoded; the last segment of `folder` where they are the same. */
export function relativeName(folder: string, uri: string): string {
  return uri === folder ? baseName(uri) : decoded(uri.slice(folder.length + 1));
}

/** `uri` without slashes at its end: a folder's URI in the one form that is used here. */
export function folderUri(uri: string): string {
  return uri.replace(/\/+$/, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
