// The explorer as a file from disk: everything is in the page, nothing is asked for.

import { Explorer } from "./app.js";
import { setWords } from "./words.js";

setWords(JSON.parse(document.getElementById("words").textContent));
window.explorer = new Explorer(JSON.parse(document.getElementById("picture").textContent), null);
