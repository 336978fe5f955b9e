// Panning of large pictures: the drawn canvas is moved as it is, and drawn anew where it comes to rest.
//
// To draw some thousands of nodes takes a tenth of a second and more; to move what is drawn takes nothing.

const REST = 140; // milliseconds without movement after which it is drawn anew

export class Glide {
  // `network`: of vis-network; `isLarge()`: whether the picture is too large to be drawn with each movement.
  constructor(container, network, isLarge) {
    Object.assign(this, { container, network, isLarge });
    this.shift = { x: 0, y: 0 };
    this.timer = 0;
    let last = null;
    container.addEventListener("pointerdown", (event) => {
      const isFree = event.button === 0 && this.network.getNodeAt({ x: event.offsetX, y: event.offsetY }) === undefined;
      if (this.isLarge() && isFree) { last = { x: event.clientX, y: event.clientY }; }
    });
    window.addEventListener("pointermove", (event) => {
      if (!last) { return; }
      this.move(event.clientX - last.x, event.clientY - last.y);
      last = { x: event.clientX, y: event.clientY };
    });
    for (const name of ["pointerup", "pointercancel"]) {
      window.addEventListener(name, () => { if (last) { last = null; this.settle(); } });
    }
  }

  // Move the picture by pixels.
  move(dx, dy) {
    this.shift = { x: this.shift.x + dx, y: this.shift.y + dy };
    this.container.querySelector("canvas").style.transform = `translate(${this.shift.x}px, ${this.shift.y}px)`;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), REST);
  }

  // Draw it where it has come to.
  settle() {
    clearTimeout(this.timer);
    if (!this.shift.x && !this.shift.y) { return; }
    const scale = this.network.getScale();
    const { x, y } = this.network.getViewPosition();
    this.network.moveTo({ position: { x: x - this.shift.x / scale, y: y - this.shift.y / scale } });
    this.network.redraw();
    this.shift = { x: 0, y: 0 };
    this.container.querySelector("canvas").style.transform = "";
  }
}
