/** The folders into which a synthesis writes. */
export type SynthesisData = { outdir: string; bundleDirectory: string; pagesDirectory: string };
