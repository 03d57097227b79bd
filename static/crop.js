// Which square of a picture is shown: moved with the pointer or three sliders. Without it, the middle is shown.

const SIDE = 320; // pixels of the canvas
const CLOSEST = 0.25; // of the shorter side of the picture
const LEAST = 160; // pixels a portrait needs each way; of less no square is kept, and the server says why
const MOST = 640; // and as many as are ever shown
const PIXELS = 25_000_000; // a larger picture, or one of more BYTES, the server refuses: it is made smaller before
const BYTES = 5_000_000;
const SIZE = 2400; // pixels of its longer side then
const LARGEST = 400_000; // characters of the square as a text

/** Puts the choice of a square below the field for a picture, as soon as one is chosen. */
export function crops(form, words) {
  const file = form?.querySelector('input[type="file"]');
  if (!file) return;
  const box = Object.assign(document.createElement("div"), { className: "crop", hidden: true, role: "group", ariaLabel: words.cropShown });
  file.after(box);
  file.addEventListener("change", async () => {
    box.hidden = true;
    box.replaceChildren();
    for (const name of ["left", "top", "side", "square"]) part(form, name).value = "";
    try {
      const chosen = file.files[0];
      const picture = chosen && (await fitting(file, chosen));
      if (picture && (file.files[0] === chosen || file.files[0] === smaller.get(chosen))) choose(form, box, picture, words);
    } catch {
      // no picture this browser can read: the server says so when it is sent
    }
  });
}

const smaller = new WeakMap(); // a file that was too large -> the one that is sent in its place

/** The picture of the file; one that is too large is made smaller, and so is what the field sends. */
async function fitting(field, chosen) {
  const whole = await createImageBitmap(chosen);
  if (whole.width * whole.height <= PIXELS && chosen.size <= BYTES) return whole;
  const scale = Math.min(1, SIZE / Math.max(whole.width, whole.height));
  const [width, height] = [whole.width, whole.height].map((one) => Math.max(1, Math.round(one * scale)));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const ground = canvas.getContext("2d");
  ground.fillStyle = "white";
  ground.fillRect(0, 0, width, height);
  ground.imageSmoothingQuality = "high";
  ground.drawImage(whole, 0, 0, width, height);
  whole.close(); // hundreds of megabytes, which a telephone needs back
  const sent = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
  if (field.files[0] === chosen) {
    const one = new File([sent], chosen.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    const held = new DataTransfer();
    held.items.add(one);
    smaller.set(chosen, one);
    field.files = held.files;
  }
  return createImageBitmap(canvas);
}

function part(form, name) {
  return form.querySelector(`input[name$="-${name}"]`);
}

function choose(form, box, picture, words) {
  const shorter = Math.min(picture.width, picture.height);
  const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", words.cropShown);
  const [near, across, down] = [words.cropNear, words.cropAcross, words.cropDown].map((name) => slider(box, name));
  near.value = 0;
  box.prepend(canvas);
  box.hidden = false;

  /** The square the sliders ask for, in pixels of the picture. */
  function square() {
    const side = shorter * (1 - (near.value / 100) * (1 - CLOSEST));
    return [(across.value / 100) * (picture.width - side), (down.value / 100) * (picture.height - side), side];
  }

  function draw() {
    const [left, top, side] = square();
    canvas.getContext("2d").drawImage(picture, left, top, side, side, 0, 0, SIDE, SIDE);
    part(form, "left").value = (left / picture.width).toFixed(5);
    part(form, "top").value = (top / picture.height).toFixed(5);
    part(form, "side").value = (side / shorter).toFixed(5);
    part(form, "square").value = side < LEAST ? "" : cut(picture, left, top, side);
  }

  box.addEventListener("input", draw);
  canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    const [left, top, side] = square();
    const scale = side / canvas.clientWidth;
    across.value = share(left - event.movementX * scale, picture.width - side);
    down.value = share(top - event.movementY * scale, picture.height - side);
    changed();
  });
  changed();

  /** As if a slider had been moved: the square is drawn, and the page keeps what was chosen. */
  function changed() {
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** The square as a text: the page keeps it with what is typed, for a file cannot be kept. */
function cut(picture, left, top, side) {
  const most = Math.min(MOST, Math.round(side));
  const canvas = Object.assign(document.createElement("canvas"), { width: most, height: most });
  const ground = canvas.getContext("2d");
  ground.fillStyle = "white";
  ground.fillRect(0, 0, most, most);
  ground.drawImage(picture, left, top, side, side, 0, 0, most, most);
  for (const quality of [0.92, 0.8, 0.6, 0.4]) {
    const text = canvas.toDataURL("image/jpeg", quality);
    if (text.length <= LARGEST) return text;
  }
  return "";
}

function slider(box, name) {
  const label = Object.assign(document.createElement("label"), { textContent: name });
  const input = Object.assign(document.createElement("input"), { type: "range", min: 0, max: 100, step: "any", value: 50 });
  label.append(input);
  box.append(label);
  return input;
}

/** How much of the way is gone, in hundredths. */
function share(gone, way) {
  return way > 0 ? Math.min(Math.max((gone / way) * 100, 0), 100) : 50;
}
