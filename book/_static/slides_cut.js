// Cuts a chapter into slides: at headings, and long sections so that each slide fits the screen. Nothing is moved or copied.
// In the built book it is the first part of slides.js.

"use strict";

/** @typedef {{ blocks: Element[], top: number, bottom: number, from: number, window?: number, lab: Element | null, name: string, title: string }} Slide */

{
  /** @param {Element} article */
  function slideCutter(article) {
    const LEAST = 0.62; // of the type: how small code, tables and what is printed may become, to be whole
    const THROUGH = "section, .cell:not(.py-live), .cell_output, details.side-road, .text_html, .docutils.container:not(.py-live)";
    const LEFT_OUT = "script, style, link, .headerlink, .pipeline, .route-here, .route-next, .at-hand-place";
    const ROADS = "details.side-road, details.solution, details.note, details.hide:not(.below-input)";
    const WHOLE = "pre, table, svg, .figure-box, [class*=highlight], math, .math, p, summary, h1, h2, h3, h4";
    const LEAST_FIGURE = 0.3; // of the window's height
    const LOOSE = 1.07; // what a slide may hold, for which its type gets smaller
    const FITS = ["--fitting", "--figure", "--window"];

    let [height, type, withRoads] = [0, 0, false]; // of a slide, in pixels; of its text; whether side roads are on slides
    /** What was met on the way: all that can be put out of sight. @type {Set<Element>} */
    let seen = new Set();

    const isHeading = (element) => element.matches("h1, h2, h3, h4") || (element.matches("summary") && element.querySelector("h2, h3") !== null);
    const isLab = (element) => element.matches(".convnet-lab");
    const boxOf = (element) => element.getBoundingClientRect();
    const lineOf = (element) => parseFloat(getComputedStyle(element.querySelector("pre") ?? element).lineHeight) || 40;

    /** What a slide is made of, in its order; whatever is met on the way can be put out of sight. */
    function* piecesOf(element) {
      for (const child of element.children) {
        seen.add(child);
        if (child.matches(LEFT_OUT) || (!withRoads && child.matches(ROADS))) continue;
        if (child.matches(".cell_input") && child.parentElement.querySelector(".convnet-lab")) continue;
        if (isLab(child)) yield child;
        else if (child.matches(THROUGH) || child.querySelector(".convnet-lab")) yield* piecesOf(child);
        else if (child.getClientRects().length > 0) yield child;
      }
    }

    /** Each piece no higher than `room`: in its own pieces, in smaller type, or as a window that moves on by whole lines. */
    function* fitting(piece, room) {
      if (isLab(piece)) yield { piece, from: 0 };
      else if (shrunk(piece, room)) yield { piece, from: 0 };
      else if (!piece.matches(WHOLE) && piece.children.length > 0) {
        for (const child of piece.children) {
          seen.add(child);
          if (child.getClientRects().length > 0 && !child.matches(LEFT_OUT)) yield* fitting(child, room);
        }
      } else yield* windowsOf(piece, room);
    }

    /** Whether a piece fits, in smaller type if need be: only what is read letter by letter may get smaller. */
    function shrunk(piece, room) {
      if (boxOf(piece).height <= room) return true;
      if (piece.matches(".figure-box")) return room > innerHeight * LEAST_FIGURE && drawn(piece, room);
      if (!piece.querySelector("pre, table") && !piece.matches("pre, table")) return false;
      for (let share = 0.95; share >= LEAST; share -= 0.05) {
        piece.style.setProperty("--fitting", String(share));
        if (boxOf(piece).height <= room) return true;
      }
      return false;
    }

    /** A figure as high as there is room, in the unit of the type: so it gets smaller with it. */
    function drawn(figure, room) {
      for (let high = room / type - 1; high > 5; high -= 0.5) {
        figure.style.setProperty("--figure", `${high}rem`);
        if (boxOf(figure).height <= room) return true;
      }
      return false;
    }

    /** By whole lines: the first window ends behind one, the next begins there. */
    function* windowsOf(piece, room) {
      const line = lineOf(piece);
      const high = piece.scrollHeight;
      const above = aboveLines(piece);
      const step = Math.max(1, Math.floor((room - above) / line)) * line;
      const last = high - Math.max(above, line / 2); // as much stands below the last line as above the first
      piece.classList.add("slide-window");
      for (let from = 0, end = above + step; from < last; from = end, end += step) yield { piece, from, window: (end < last ? end : high) - from };
    }

    /** What stands above the first line of code: paddings and borders. */
    function aboveLines(piece) {
      const code = piece.querySelector("pre");
      return code ? boxOf(code).top - boxOf(piece).top + parseFloat(getComputedStyle(code).paddingTop) + 1 : 0;
    }

    /** What is wider than its box is printed smaller. */
    function narrow(piece) {
      for (const wide of [piece, ...piece.querySelectorAll("pre, .pst-scrollable-table-container, .math, .output, table")]) {
        if (wide.clientWidth > 0 && wide.scrollWidth > wide.clientWidth + 1) {
          const share = Math.max(0.5, (wide.clientWidth / wide.scrollWidth) * 0.98);
          piece.style.setProperty("--fitting", String(share));
        }
      }
    }

    /**
     * Cuts all anew.
     * @param {{ height: number, type: number, withRoads: boolean }} asked
     * @returns {{ slides: Slide[], seen: Set<Element> }}
     */
    function cut(asked) {
      ({ height, type, withRoads } = asked);
      clear();
      seen = new Set();
      const pieces = [...piecesOf(article.querySelector("section"))];
      for (const element of seen) element.classList.toggle("slide-off", !pieces.some((piece) => element.contains(piece) || piece.contains(element)));
      for (const piece of pieces) if (!isLab(piece)) narrow(piece);
      const parts = pieces.flatMap((piece) => [...fitting(piece, height - 4.5 * type)]);
      return { slides: named(packed(parts)), seen };
    }

    /** Leaves no trace of a cut. */
    function clear() {
      for (const part of article.querySelectorAll(".slide-off")) part.classList.remove("slide-off");
      for (const element of seen) {
        element.classList.remove("slide-window");
        for (const name of FITS) element.style?.removeProperty(name);
      }
    }

    /** Part by part, as long as there is room, each heading on a slide with what it is of. */
    function packed(parts) {
      /** @type {Slide[]} */
      const found = [];
      for (const { piece, from, window } of parts) {
        const last = found.at(-1);
        if (last && !isLab(piece) && from === 0) squeeze(piece, last);
        const { bottom } = boxOf(piece);
        const isBare = last?.blocks.every((block) => isHeading(block)) ?? false;
        const isFull = !last || last.lab || bottom - last.top > height * LOOSE || last.blocks.includes(piece) || last.from > 0;
        if (isLab(piece) && isBare) Object.assign(last, { blocks: [...last.blocks, piece], lab: piece });
        else if (last && !isLab(piece) && (isBare || (!isFull && !isHeading(piece)))) Object.assign(last, { blocks: [...last.blocks, piece], bottom });
        else {
          const blocks = [...announcing(last, piece, bottom), piece];
          found.push({ blocks, top: boxOf(blocks[0]).top, bottom, from, window, lab: isLab(piece) ? piece : null, name: "", title: "" });
        }
        if (window) Object.assign(found.at(-1), { from, window });
      }
      return found;
    }

    /** What only just doesn't fit beside a few lines does so in smaller type. */
    function squeeze(piece, last) {
      const left = height - (boxOf(piece).top - last.top);
      const isShort = boxOf(piece).top - last.top < height / 2;
      if (!isShort || last.lab || last.from > 0) return;
      const was = FITS.map((name) => [name, piece.style.getPropertyValue(name)]);
      if (!shrunk(piece, left)) for (const [name, value] of was) piece.style.setProperty(name, value);
    }

    /** A sentence that ends with a colon goes with what it announces. */
    function announcing(last, piece, bottom) {
      const line = last?.blocks.at(-1);
      const isAnnounced = last && !last.lab && !isLab(piece) && !isHeading(piece) && line.matches("p") && /:\s*$/.test(line.textContent);
      if (!isAnnounced || last.blocks.length < 3 || bottom - boxOf(line).top > height) return [];
      last.blocks.pop();
      return [line];
    }

    /** Each slide bears its section's name in the address, and its heading in the list. @param {Slide[]} slides */
    function named(slides) {
      const counts = new Map();
      for (const slide of slides) {
        const section = slide.blocks[0].closest("section[id]");
        const count = (counts.get(section.id) ?? 0) + 1;
        counts.set(section.id, count);
        const heading = section.querySelector("h1, h2, h3");
        const title = [...(heading?.childNodes ?? [])].filter((node) => !(node instanceof Element && node.matches(".headerlink")));
        slide.name = count === 1 ? section.id : `${section.id}.${count}`;
        slide.title = title.map((node) => node.textContent).join("").trim() + (count === 1 ? "" : ` (${count})`);
      }
      return slides;
    }

    return { cut, clear, roads: ROADS };
  }

  Object.assign(window, { slideCutter });
}
