import manifest from '../../package.json' with { type: 'json' };

/** Podwire's own version. */
export const version: string = manifest.version;
