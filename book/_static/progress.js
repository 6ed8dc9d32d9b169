// Marks what is done in the contents, where this browser keeps anything that is: what does it comes only then.

"use strict";
{
  const DONE = /"solved":(?:\["|")|"answers":\[\[/;
  const kept = Object.keys(localStorage).filter((key) => /^(?:convnet-lab|code) /.test(key));
  if (kept.some((key) => DONE.test(localStorage.getItem(key)))) {
    document.head.append(Object.assign(document.createElement("script"), { src: document.currentScript.dataset.marks }));
  }
}
