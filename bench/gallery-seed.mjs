// Runs in a page: fills the browser's storage with runs as the app keeps them.

/** @param count how many runs with one picture each; their copies are 20 files, under a hash each */
export async function seedGallery(count) {
  const opening = indexedDB.open('turing-playground');
  const database = await new Promise((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const copies = [];
  for (let number = 0; number < 20; number++) {
    const canvas = new OffscreenCanvas(512, 341);
    const context = canvas.getContext('2d');
    for (let spot = 0; spot < 400; spot++) {
      context.fillStyle = `hsl(${(number * 53 + spot) % 360} 60% ${30 + (spot % 50)}%)`;
      context.fillRect((spot * 97) % 512, (spot * 61) % 341, 60, 40);
    }
    copies.push(await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 }));
  }
  const now = Date.now();
  for (let from = 0; from < count; from += 1000) {
    const transaction = database.transaction(['runs', 'cards', 'copies', 'fillings'], 'readwrite');
    for (let number = from; number < Math.min(count, from + 1000); number++) {
      const id = `bench-${number}`;
      const hash = String(number).padStart(64, '0');
      const createdAt = now - number * 20 * 60_000;
      const prompt = `A picture of number ${number} with a few more words, 青花瓷 ${number % 97}`;
      const header = { format: 'jpeg', width: 1536, height: 1024, hasAlpha: false, orientation: 1 };
      const run = {
        id,
        key: id,
        createdAt,
        state: 'done',
        tries: 1,
        nextTry: null,
        startedAt: createdAt,
        expectedMs: null,
        durationMs: 1000,
        trouble: null,
        endpoint: 'generations',
        request: { model: 'turing/gpt-image-2', prompt, n: 1 },
        form: {},
        edit: null,
        asked: 1,
        slots: [{ kind: 'picture', hash, byteLength: 40_000, header }],
        pictures: [hash],
        removedPictures: [],
      };
      const picture = { place: 0, hash, bytes: 40_000, width: 1536, height: 1024, format: 'jpeg' };
      const card = {
        id,
        at: createdAt,
        order: -createdAt,
        origin: 'generations',
        model: 'turing/gpt-image-2',
        state: 'done',
        title: prompt.slice(0, 60),
        words: prompt.toLowerCase(),
        pictures: [{ ...picture, hasAlpha: false, color: '#7a6a5a' }],
        hashes: [hash],
      };
      transaction.objectStore('runs').put(run);
      transaction.objectStore('cards').put(card);
      transaction.objectStore('copies').put(copies[number % 20], [hash, 'small']);
    }
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  }
  database.close();
}

/** Moves the oldest runs to Trash, half of them long ago, so that they are due to go. */
export async function trashSome(count) {
  const opening = indexedDB.open('turing-playground');
  const database = await new Promise((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const transaction = database.transaction(['runs', 'removedRuns', 'cards'], 'readwrite');
  const of = (name) => transaction.objectStore(name);
  const read = (request) =>
    new Promise((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
  const dayMs = 24 * 60 * 60 * 1000;
  const runs = await read(of('runs').index('createdAt').getAll(null, count));
  for (const [index, run] of runs.entries()) {
    const removedAt = Date.now() - (index % 2 ? 1 : 31) * dayMs;
    of('removedRuns').put({ ...run, removedAt });
    of('runs').delete(run.id);
    const { order: _order, ...card } = await read(of('cards').get(run.id));
    of('cards').put({ ...card, trashedAt: removedAt });
  }
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  database.close();
}

/** Makes the storage anew as it was in version 2, with the runs that it holds. */
export async function asVersionTwo() {
  const name = 'turing-playground';
  const read = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const before = await read(indexedDB.open(name));
  const runs = await read(before.transaction('runs').objectStore('runs').getAll());
  runs.sort((one, other) => other.createdAt - one.createdAt);
  // What the strip shows.
  const copies = [];
  for (const { pictures } of runs.slice(0, 60)) {
    const store = before.transaction('copies').objectStore('copies');
    const [hash] = pictures;
    if (!hash) continue;
    const file =
      (await read(store.get([hash, 'small']))) ?? (await read(store.get([hash, 'thumbnail'])));
    if (file) copies.push([[hash, 'thumbnail'], new Blob([await file.arrayBuffer()])]);
  }
  before.close();
  await read(indexedDB.deleteDatabase(name));
  const opening = indexedDB.open(name, 2);
  opening.onupgradeneeded = () => {
    const make = (store, indexes = {}, keyPath = 'id') => {
      const made = opening.result.createObjectStore(store, { keyPath });
      for (const [index, path] of Object.entries(indexes)) {
        made.createIndex(index, path, { multiEntry: /pictures/i.test(index) });
      }
    };
    const pictures = { pictures: 'pictures' };
    make('runs', {
      ...pictures,
      createdAt: 'createdAt',
      state: 'state',
      removedPictures: 'removedPictures',
      endpointAge: ['endpoint', 'createdAt'],
    });
    make('removedRuns');
    make('pictureUses', pictures, 'owner');
    make('conversations', { updatedAt: 'updatedAt' });
    make('messages', { ...pictures, conversation: 'conversation', state: 'state' });
    for (const store of ['pictures', 'copies', 'drafts', 'durations', 'masks', 'maskOperations']) {
      opening.result.createObjectStore(store);
    }
  };
  const database = await read(opening);
  const transaction = database.transaction(['runs', 'copies'], 'readwrite');
  for (const run of runs) transaction.objectStore('runs').put(run);
  for (const [key, file] of copies) transaction.objectStore('copies').put(file, key);
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  database.close();
}

/** The floor: the same rows on a bare page, each tile one of 20 pictures that are decoded already. */
export async function openFloor(count) {
  const [width, height, gap, perRow] = [338, 225, 6, 4];
  document.body.innerHTML =
    '<div data-testid="gallery-grid" style="height:100vh;overflow-y:auto"><div style="position:relative"></div></div>';
  document.body.style.margin = '0';
  const scroller = document.querySelector('[data-testid="gallery-grid"]');
  const content = scroller.firstElementChild;
  content.style.height = `${Math.ceil(count / perRow) * (height + gap)}px`;
  const bitmaps = [];
  for (let number = 0; number < 20; number++) {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context.fillStyle = `hsl(${number * 18} 60% 50%)`;
    context.fillRect(0, 0, width, height);
    bitmaps.push(await createImageBitmap(canvas));
  }
  const shown = new Map();
  const draw = () => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / (height + gap)) - 2) * perRow;
    const last = Math.min(count, first + (Math.ceil(innerHeight / (height + gap)) + 4) * perRow);
    for (const [index, element] of shown) {
      if (index >= first && index < last) continue;
      element.remove();
      shown.delete(index);
    }
    for (let index = first; index < last; index++) {
      if (shown.has(index)) continue;
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      canvas.getContext('2d').drawImage(bitmaps[index % 20], 0, 0);
      canvas.dataset.painted = '';
      canvas.style.cssText = `position:absolute;left:${(index % perRow) * (width + gap)}px;top:${Math.floor(index / perRow) * (height + gap)}px`;
      content.append(canvas);
      shown.set(index, canvas);
    }
  };
  scroller.addEventListener('scroll', draw);
  draw();
}

/** Scrolls the wall for three seconds, and measures its frames and what of it is blank. */
export async function scrollWall(speed) {
  const scroller = document.querySelector('[data-testid="gallery-grid"]');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const blank = () => {
    const canvases = [...scroller.querySelectorAll('canvas')].filter((canvas) => {
      const { top, bottom } = canvas.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    });
    const bare = canvases.filter((canvas) => canvas.dataset.painted === undefined);
    return canvases.length === 0 ? 0 : bare.length / canvases.length;
  };
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  const gaps = [];
  const blanks = [];
  const started = await frame();
  let before = started;
  while (before - started < 3000) {
    const now = await frame();
    const most = scroller.scrollHeight - scroller.clientHeight;
    const way = (((now - started) * speed) / 1000) % (2 * most);
    scroller.scrollTop = way > most ? 2 * most - way : way;
    gaps.push(now - before);
    before = now;
    if (gaps.length % 5 === 0) blanks.push(blank());
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  observer.disconnect();
  gaps.sort((one, other) => one - other);
  return {
    fps: gaps.length / 3,
    p95: gaps[Math.floor(gaps.length * 0.95)],
    longest,
    blank: blanks.reduce((sum, share) => sum + share, 0) / blanks.length,
    blankAfter: blank(),
  };
}
