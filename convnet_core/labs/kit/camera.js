// A picture from the camera, where the browser has one to offer: asked for, shown, taken. The camera goes off as soon as
// it is not looked at any more.

import { button, make } from "./dom.js";

const REFUSALS = {
  NotAllowedError: "The camera may not be used here.",
  NotFoundError: "No camera was found.",
};

/**
 * The button, and the view that it opens; null where the browser gives pages no camera.
 * @param {{ take: (file: File) => void, reject: (reason: string) => void, say: (text: string) => void,
 *           signal: AbortSignal }} parts
 */
export function cameraTaker({ take, reject, say, signal }) {
  if (!navigator.mediaDevices?.getUserMedia) return null;
  const video = make("video", { class: "cl-camera-view", playsinline: true, "aria-label": "What the camera sees" });
  video.muted = true;
  let asked = 0; // of two answers to one question, the later one counts; after "Cancel" none
  /** @type {MediaStream | null} */
  let stream = null;
  const end = () => {
    asked += 1;
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = video.srcObject = null;
    view.hidden = true;
  };
  const close = () => {
    end();
    open.focus();
  };
  const cancel = () => {
    close();
    say("The camera is off.");
  };
  const ask = async () => {
    end();
    const own = asked;
    try {
      const given = await navigator.mediaDevices.getUserMedia({ video: true });
      stream = given;
      if (own !== asked || signal.aborted) return end();
      video.srcObject = given;
      view.hidden = false;
      await video.play();
      shot.focus();
      say("The camera is on.");
    } catch ({ name }) {
      if (own !== asked || signal.aborted) return;
      end();
      reject(REFUSALS[name] ?? "The camera could not be turned on.");
    }
  };
  const shoot = () => {
    const size = { width: video.videoWidth, height: video.videoHeight };
    if (size.width === 0) return say("The camera has not shown anything yet.");
    const canvas = Object.assign(document.createElement("canvas"), size);
    canvas.getContext("2d").drawImage(video, 0, 0);
    close();
    canvas.toBlob((blob) => take(new File([blob], "Your picture", { type: blob.type })));
  };
  const open = button("Take a picture", ask);
  const shot = button("Take it", shoot, { class: "cl-button cl-primary" });
  const buttons = make("div", { class: "cl-buttons" }, [shot, button("Cancel", cancel)]);
  const view = make("div", { class: "cl-camera", hidden: true }, [video, buttons]);
  view.addEventListener("keydown", ({ key }) => key === "Escape" && cancel());
  signal.addEventListener("abort", end);
  return { button: open, view };
}
