/** Where a request came from, as the person would recognise it: "Firefox on Windows". */
export type Client = { readonly ip: string; readonly device: string };
