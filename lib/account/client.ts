/** Where a request came from, in words that the person recognises: "Firefox on Windows". */
export type Client = { readonly ip: string; readonly device: string };
