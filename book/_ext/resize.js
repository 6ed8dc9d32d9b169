// For a page that shows labs in frames: each frame grows and shrinks with its lab, which tells its height.
addEventListener("message", ({ data, source }) => {
  if (typeof data?.convnetLab !== "string" || !(data.height > 0 && data.height < 20000)) return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source) frame.style.height = `${Math.ceil(data.height)}px`;
  }
});
