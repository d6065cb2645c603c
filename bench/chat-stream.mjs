import { chromium } from '@playwright/test';
import { build } from 'vite';
import { findBrowser } from '../scripts/browser.mjs';

const sizes = { small: 3, large: 30 };
const chunks = { '64 KB': 64 * 1024, '1 KB': 1024 };
const rounds = 7;

/**
 * A chat answer with one picture in one line, read as the page's worker reads it: decoded, hashed
 * and in a Blob. What a megabyte costs must not depend on how long the line is.
 */
export async function benchChatStream() {
  const figures = [];
  const measured = await measure();
  for (const name of Object.keys(chunks)) {
    const { small, large } = measured[name];
    figures.push({
      figure: `a line of ${sizes.large} MB in chunks of ${name}, per byte against ${sizes.small} MB`,
      value: (large / small).toFixed(2),
      aim: '≤ 1.3',
      detail: `${large.toFixed(1)} ms and ${small.toFixed(1)} ms a MB, medians of ${rounds}`,
    });
  }
  return figures;
}

async function measure() {
  const code = await bundleReader();
  const browser = await chromium.launch({ executablePath: findBrowser({ isWhole: true }) });
  try {
    const page = await browser.newPage();
    return await page.evaluate(inPage, { code, worker: String(inWorker), sizes, chunks, rounds });
  } finally {
    await browser.close();
  }
}

async function bundleReader() {
  const lib = { entry: 'lib/client/answers/chat-reader.ts', formats: ['iife'], name: 'chatReader' };
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { lib, write: false, minify: true },
  });
  return [built].flat()[0].output[0].code;
}

function inPage({ code, worker, ...options }) {
  const blob = new Blob([`${code}; onmessage = ({ data }) => (${worker})(data)`]);
  const reading = new Worker(URL.createObjectURL(blob));
  reading.postMessage(options);
  return new Promise((resolve, reject) => {
    reading.onmessage = ({ data }) => resolve(data);
    reading.onerror = ({ message }) => reject(new Error(message));
  });
}

/* global chatReader */
async function inWorker({ sizes, chunks, rounds }) {
  const line = (megabytes) => {
    const file = new Uint8Array(megabytes * 1024 * 768);
    for (let at = 0; at < file.length; at += 65536) {
      crypto.getRandomValues(file.subarray(at, at + 65536));
    }
    file.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    let base64 = '';
    for (let at = 0; at < file.length; at += 3 * 4096) {
      base64 += btoa(String.fromCharCode(...file.subarray(at, at + 3 * 4096)));
    }
    const block = `{"type":"image_url","image_url":{"url":"data:image/png;base64,${base64}"}}`;
    return new TextEncoder().encode(`data: {"choices":[{"delta":{"images":[${block}]}}]}\n\n`);
  };
  const read = (bytes, size) => {
    let pictures = 0;
    const reader = chatReader.createChatBytesReader(
      (event) => {
        if (event.type === 'file') pictures++;
      },
      { nonce: 'nonce', later: () => {} },
    );
    for (let at = 0; at < bytes.length; at += size) reader.write(bytes.slice(at, at + size));
    reader.end(null);
    if (pictures !== 1) throw new Error('The picture was not read.');
  };
  const lines = Object.entries(sizes).map(([name, megabytes]) => [
    name,
    megabytes,
    line(megabytes),
  ]);
  const measured = {};
  for (const [chunk, size] of Object.entries(chunks)) {
    measured[chunk] = {};
    // In turns, so that what else goes on strikes all of them alike; the first round warms up.
    const times = {};
    for (let round = 0; round <= rounds; round++) {
      for (const [name, megabytes, bytes] of lines) {
        const began = performance.now();
        // As many bytes of each, so that none is measured by a moment.
        const repeats = Math.round(sizes.large / megabytes);
        for (let repeat = 0; repeat < repeats; repeat++) read(bytes, size);
        const each = (performance.now() - began) / megabytes / repeats;
        if (round > 0) times[name] = [...(times[name] ?? []), each];
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    for (const [name] of lines) {
      const sorted = times[name].sort((one, other) => one - other);
      measured[chunk][name] = sorted[Math.floor(sorted.length / 2)];
    }
  }
  postMessage(measured);
}
