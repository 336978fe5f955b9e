// What the explorer asks the server.

export class Service {
  constructor(root) { this.root = root; }

  async ask(path, options = {}) {
    const answer = await fetch(this.root + path, { ...options, headers: { Accept: "application/json", ...options.headers } });
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      throw new Error(problem.detail || problem.title || `${answer.status}`);
    }
    return answer;
  }

  async post(path, content) {
    return this.ask(path, { method: "POST", body: JSON.stringify(content), headers: { "Content-Type": "application/json" } });
  }

  // These documents, the relations among them, and where they stand.
  async picture(documents) { return (await this.post("/graph/documents", { documents })).json(); }

  // Part of the documents in one relation to one.
  async neighbours(wanted) {
    return (await this.ask(`/graph/neighbours?${new URLSearchParams(wanted)}`)).json();
  }

  // The documents of a shortest way between two; empty where there is none.
  async path(from, to, relations) {
    const asked = new URLSearchParams({ from, to, limit: 1 });
    for (const relation of relations) { asked.append("relation", relation); }
    const found = await (await this.ask(`/paths?${asked}`)).json();
    return found.paths.length ? found.paths[0].steps.map((step) => step.document.path) : [];
  }

  // What is on screen, as a file of a form: graphml, gexf, csv, jsonld.
  async file(form, documents, edges) { return (await this.post(`/graph/file/${form}`, { documents, edges })).blob(); }
}
