import jsQr from "jsqr";

/** The pixels of a picture: red, green, blue and alpha, row by row. */
export type Pixels = { data: Uint8ClampedArray; width: number; height: number };

/** The text of the QR code in a picture, or undefined if none is found. */
export function readQr({ data, width, height }: Pixels): string | undefined {
  return jsQr.default(data, width, height)?.data;
}
