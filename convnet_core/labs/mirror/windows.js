// How many windows lie along a side. No DOM.

/**
 * How many windows lie along a side, a partial one at the end among them (PyTorch's ceil_mode).
 * @param {number} size @param {number} window @param {number} stride
 */
export function windowsAlong(size, window, stride) {
  const stops = Math.ceil((size - window) / stride) + 1;
  return (stops - 1) * stride >= size ? stops - 1 : stops; // a window that starts beyond the map is none
}
