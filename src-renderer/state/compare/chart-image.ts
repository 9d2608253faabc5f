/** Points of the PNG for each of the chart's, so that it stays sharp when it is printed. */
const sharpness = 2;
/** Longest side of a PNG: more is refused by graphics memory. */
const maxSide = 16_000;

/** A PNG of an SVG source, as a data URL. @throws Error if the page can't draw it */
export async function pngOf(svg: string, width: number, height: number): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const factor = Math.min(sharpness, maxSide / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * factor);
  canvas.height = Math.ceil(height * factor);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the page has no canvas to draw on');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png');
}
