// Lines and bands of a curve that grow by a point at a time: what stands there already is not drawn anew.

/**
 * @typedef {[x: number, y: number]} Place  in the drawing
 * @typedef {SVGPolylineElement | SVGPolygonElement} Shape
 */

/**
 * A line through all places of a curve.
 * @param {Shape} line @returns {(places: Place[]) => void}
 */
export function growingLine(line) {
  const add = (place) => line.points.appendItem(pointOf(line, place));
  return growing(line, add);
}

/**
 * A band between two lines: its outline goes along the lower one and comes back along the upper one.
 * @param {Shape} band @returns {(pairs: [lower: Place, upper: Place][]) => void}
 */
export function growingBand(band) {
  const add = ([lower, upper], at) => {
    band.points.insertItemBefore(pointOf(band, lower), at);
    band.points.insertItemBefore(pointOf(band, upper), at + 1);
  };
  return growing(band, add);
}

/** Adds what is new; where what stood there is another now, as with another scale, all is drawn anew. */
function growing(outline, add) {
  let drawn = [];
  return (items) => {
    const texts = items.map(String);
    if (!drawn.every((text, at) => text === texts[at])) {
      outline.points.clear();
      drawn = [];
    }
    items.slice(drawn.length).forEach((item, at) => add(item, drawn.length + at));
    drawn = texts;
  };
}

function pointOf(outline, [x, y]) {
  return Object.assign(outline.ownerSVGElement.createSVGPoint(), { x, y });
}
