/** One delivery of a message: which message, and its how many-th time. */
export type Delivery = { readonly id: string; readonly receives: number };

/** The handle by which a receiver names its delivery. */
export const receiptOf = ({ id, receives }: Delivery): string =>
  Buffer.from(`${id}#${receives}`).toString("base64");

/** The delivery that a handle names; undefined if no queue made the handle. */
export function deliveryOf(receipt: string): Delivery | undefined {
  const [, id, receives] = /^(.+)#(\d+)$/.exec(Buffer.from(receipt, "base64").toString()) ?? [];
  return id === undefined ? undefined : { id, receives: Number(receives) };
}
