// The explorer as a page of the server.

import { suggest } from "./suggest.js";
import { Explorer } from "./app.js";
import { Service } from "./service.js";
import { setWords } from "./words.js";

const content = (name) => JSON.parse(document.getElementById(name).textContent);
setWords(content("words"));
const explorer = new Explorer(content("picture"), new Service(document.getElementById("explorer").dataset.root));

const field = document.getElementById("add");
suggest(field, (found) => { field.value = ""; explorer.guard(explorer.add([found.path])); });
window.explorer = explorer;
