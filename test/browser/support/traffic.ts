import type { Page } from "playwright-core";

/** The requests that a page sent to the API: `POST /v1/sign-in`, in order. */
export type Traffic = {
  readonly all: () => readonly string[];
  /** How many there were of one kind. */
  readonly count: (request: string) => number;
  readonly forget: () => void;
};

export function trafficOf(page: Page): Traffic {
  let seen: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/v1/")) seen.push(`${request.method()} ${pathname}`);
  });
  return {
    all: () => seen,
    count: (request) => seen.filter((one) => one === request).length,
    forget: () => {
      seen = [];
    },
  };
}
