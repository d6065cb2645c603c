// Runs in a page: fills the browser's storage with an experiment, and moves the grid that shows it.

/**
 * Stores an experiment with its cells as the app keeps them, and a picture for each hash: of 20 files, a copy
 * of 512 pixels and the picture itself of 1,024.
 */
export async function storeExperiment({ experiment, cells, hashes }) {
  const opening = indexedDB.open('turing-playground');
  const database = await new Promise((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const draw = (number, side) => {
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext('2d');
    for (let spot = 0; spot < 200; spot++) {
      context.fillStyle = `hsl(${(number * 53 + spot) % 360} 60% ${30 + (spot % 50)}%)`;
      context.fillRect((spot * 97) % side, (spot * 61) % side, side / 8, side / 12);
    }
    return canvas.convertToBlob({ type: 'image/webp', quality: 0.7 });
  };
  const files = [];
  for (let number = 0; number < 20; number++) {
    files.push({ copy: await draw(number, 512), picture: await draw(number, 1024) });
  }
  for (let from = 0; from < Math.max(1, cells.length); from += 500) {
    const stores = ['experiments', 'cells', 'pictures', 'copies'];
    const transaction = database.transaction(stores, 'readwrite');
    transaction.objectStore('experiments').put(experiment);
    for (const cell of cells.slice(from, from + 500)) transaction.objectStore('cells').put(cell);
    for (const [index, hash] of hashes.slice(from, from + 500).entries()) {
      const { copy, picture } = files[index % files.length];
      transaction.objectStore('pictures').put(picture, hash);
      transaction.objectStore('copies').put(copy, [hash, 'small']);
    }
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  }
  database.close();
}

/**
 * The floor: a bare page with as many images in as many rows. Each is a file of its own, as each picture of the
 * experiment is: the browser would decode the same one only once.
 */
export async function openImages({ rows, columns, side, gap }) {
  document.body.style.margin = '0';
  document.body.innerHTML =
    '<div data-testid="grid" style="height:100vh;overflow:auto"><div style="position:relative"></div></div>';
  const grid = document.querySelector('[data-testid=grid]');
  const content = grid.firstElementChild;
  const step = side + gap;
  content.style.width = `${columns * step}px`;
  content.style.height = `${rows * step}px`;
  const files = [];
  for (let number = 0; number < 20; number++) {
    const canvas = new OffscreenCanvas(512, 512);
    const context = canvas.getContext('2d');
    for (let spot = 0; spot < 200; spot++) {
      context.fillStyle = `hsl(${(number * 53 + spot) % 360} 60% ${30 + (spot % 50)}%)`;
      context.fillRect((spot * 97) % 512, (spot * 61) % 512, 64, 43);
    }
    files.push(await canvas.convertToBlob({ type: 'image/webp', quality: 0.7 }));
  }
  const images = Array.from({ length: rows * columns }, (_, index) => {
    const box = document.createElement('div');
    box.style.cssText = `position:absolute;overflow:hidden;width:${side}px;height:${side}px;left:${(index % columns) * step}px;top:${Math.floor(index / columns) * step}px`;
    const image = new Image();
    image.src = URL.createObjectURL(files[index % files.length]);
    image.style.cssText = 'position:absolute;width:100%;height:100%';
    box.append(image);
    content.append(box);
    return image;
  });
  await Promise.all(images.slice(0, 20).map((image) => image.decode()));
  let zoom = 1;
  addEventListener('wheel', ({ deltaY }) => {
    zoom = Math.min(16, Math.max(1, zoom * Math.exp(-deltaY / 300)));
    const isInView = (index) => {
      const left = (index % columns) * step - grid.scrollLeft;
      const top = Math.floor(index / columns) * step - grid.scrollTop;
      return left > -step && left < innerWidth && top > -step && top < innerHeight;
    };
    for (const { style } of images.filter((_, index) => isInView(index))) {
      style.width = `${100 * zoom}%`;
      style.height = `${100 * zoom}%`;
      style.left = `${50 - 50 * zoom}%`;
      style.top = `${50 - 50 * zoom}%`;
    }
  });
}

/**
 * Scrolls the grid to and fro along its longer side for three seconds, or turns the wheel over it, one notch a frame, so
 * that all pictures grow and shrink.
 * @returns the time of a frame that 95 % keep within, in ms, and how many frames there were in a second
 */
export async function moveGrid({ how, speed = 0 }) {
  const grid = document.querySelector('[data-testid=grid]');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const gaps = [];
  const started = await frame();
  let before = started;
  while (before - started < 3000) {
    const now = await frame();
    if (how === 'scroll') {
      const across = grid.scrollWidth - grid.clientWidth;
      const down = grid.scrollHeight - grid.clientHeight;
      const most = Math.max(across, down);
      const way = (((now - started) * speed) / 1000) % (2 * most);
      const place = way > most ? 2 * most - way : way;
      if (across > down) grid.scrollLeft = place;
      else grid.scrollTop = place;
    } else {
      const isIn = (now - started) % 1500 < 750;
      const over = grid.querySelector('[role=gridcell]') ?? grid;
      const wheel = { deltaY: isIn ? -8 : 8, ctrlKey: true, bubbles: true, cancelable: true };
      over.dispatchEvent(new WheelEvent('wheel', wheel));
    }
    gaps.push(now - before);
    before = now;
  }
  gaps.sort((one, other) => one - other);
  return { p95: gaps[Math.floor(gaps.length * 0.95)], fps: gaps.length / 3 };
}
