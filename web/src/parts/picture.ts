// A drawing of the page as a picture. It is drawn anew, mark by mark as it lies on the page: an <svg> that is loaded as
// a picture has neither the page's fonts nor its colours.

const SCALE = 2;
const MARGIN = 16;

const isDrawn = (it: Element) => it.checkVisibility() && !it.closest('.unseen, .no-print, title');

function opacityOf(element: Element, within: Element): number {
  let opacity = 1;
  for (let it: Element | null = element; it && it !== within; it = it.parentElement)
    opacity *= Number(getComputedStyle(it).opacity);
  return opacity;
}

/** The outline of a mark, in its own measure. */
function outlineOf(mark: SVGGeometryElement): Path2D {
  if (mark instanceof SVGPathElement) return new Path2D(mark.getAttribute('d') ?? '');
  const path = new Path2D();
  const { x, y, width, height } = mark.getBBox();
  if (mark instanceof SVGRectElement) path.rect(x, y, width, height);
  else path.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
  return path;
}

const isPaint = (it: string) => it !== 'none' && !it.startsWith('url');

function drawMark(canvas: CanvasRenderingContext2D, mark: SVGGeometryElement): void {
  const place = mark.getScreenCTM();
  if (!place) return;
  const style = getComputedStyle(mark);
  const path = new Path2D();
  path.addPath(outlineOf(mark), place);
  canvas.lineWidth = Number.parseFloat(style.strokeWidth);
  canvas.lineCap = style.strokeLinecap as CanvasLineCap;
  canvas.lineJoin = style.strokeLinejoin as CanvasLineJoin;
  canvas.setLineDash(
    isPaint(style.strokeDasharray) ? style.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat) : [],
  );
  canvas.fillStyle = style.fill;
  if (isPaint(style.fill)) canvas.fill(path);
  canvas.strokeStyle = style.stroke;
  if (isPaint(style.stroke)) canvas.stroke(path);
}

/** Word by word, so that lines are broken where the page breaks them. */
function drawText(canvas: CanvasRenderingContext2D, text: Text, parent: Element): void {
  const style = getComputedStyle(parent);
  canvas.font = style.font;
  canvas.fillStyle = parent instanceof SVGElement ? style.fill : style.color;
  const range = document.createRange();
  for (const word of text.data.matchAll(/\S+/g)) {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    const box = range.getBoundingClientRect();
    canvas.fillText(word[0], box.left, box.top + box.height / 2);
  }
}

function groundOf(element: Element): string {
  for (let it: Element | null = element; it; it = it.parentElement) {
    const colour = getComputedStyle(it).backgroundColor;
    if (!/, 0\)$|transparent/.test(colour)) return colour;
  }
  return 'white';
}

/** What is drawn and written within, in the colours that it has now; two points a pixel. */
export function pictureOf(drawing: Element): Promise<Blob> {
  const box = drawing.getBoundingClientRect();
  const sheet = document.createElement('canvas');
  sheet.width = Math.ceil(box.width + 2 * MARGIN) * SCALE;
  sheet.height = Math.ceil(box.height + 2 * MARGIN) * SCALE;
  const canvas = sheet.getContext('2d');
  if (!canvas) throw new Error('no canvas');
  canvas.fillStyle = groundOf(drawing);
  canvas.fillRect(0, 0, sheet.width, sheet.height);
  canvas.setTransform(SCALE, 0, 0, SCALE, SCALE * (MARGIN - box.left), SCALE * (MARGIN - box.top));
  canvas.textBaseline = 'middle';
  const walk = document.createTreeWalker(drawing, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let it = walk.nextNode(); it; it = walk.nextNode()) {
    const element = it instanceof Element ? it : it.parentElement;
    if (!element || !isDrawn(element)) continue;
    canvas.globalAlpha = opacityOf(element, drawing);
    if (it instanceof SVGGeometryElement) drawMark(canvas, it);
    else if (it instanceof Text) drawText(canvas, it, element);
  }
  return new Promise((done, failed) =>
    sheet.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'),
  );
}
