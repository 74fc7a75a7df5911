/** Where a synthesis puts what it makes. */
export type SynthesisData = { outdir: string; bundleDirectory: string; pagesDirectory: string };
