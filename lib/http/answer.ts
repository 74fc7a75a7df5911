/** A success: status, JSON body (null: none) and cookies to set. */
export type Answer<Status extends number = number, Body = unknown> = {
  readonly status: Status;
  readonly body: Body;
  readonly cookies?: readonly string[];
};

export const answer = <const Status extends number, const Body>(
  status: Status,
  body: Body,
  cookies?: readonly string[],
): Answer<Status, Body> => ({ status, body, ...(cookies && { cookies }) });
