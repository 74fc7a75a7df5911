import { readQr } from "./read-qr.ts";
import type { Pixels } from "./read-qr.ts";

/** A QR code may be a drawing without a size of its own, or a screenshot that is huge. */
const SMALLEST_SIDE = 480;
const LARGEST_SIDE = 1600;

/** The text of the QR code in a picture that was pasted, dropped or chosen; undefined if there is none. */
export async function readPicture(picture: Blob | string): Promise<string | undefined> {
  const url = typeof picture === "string" ? picture : URL.createObjectURL(picture);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return readQr(pixelsOf(image));
  } catch {
    // A file that cannot be decoded is not a picture.
    return undefined;
  } finally {
    if (typeof picture !== "string") URL.revokeObjectURL(url);
  }
}

function pixelsOf(image: HTMLImageElement): Pixels {
  const longer = Math.max(image.naturalWidth, image.naturalHeight, 1);
  const side = Math.min(Math.max(longer, SMALLEST_SIDE), LARGEST_SIDE);
  const width = Math.round((image.naturalWidth / longer) * side) || side;
  const height = Math.round((image.naturalHeight / longer) * side) || side;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (!context) throw new Error("There is no canvas.");
  // A drawing may be transparent where it should be white.
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
