// Finds a Chromium or Chrome for the tests, or gets one. Run by itself it says what it does.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

// Chromium without windows. A page costs it a third of the work, so on two cores it is preferred.
const shells = { linux: ['/usr/bin/chromium-headless-shell'] };

const programs = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) =>
    process.env[name] ? [`${process.env[name]}\\Google\\Chrome\\Application\\chrome.exe`] : [],
  ),
};

/**
 * The browser to test with: CHROMIUM_PATH, an installed Chromium or Chrome, or Playwright's own.
 * @param {{ isWhole?: boolean }} [options] isWhole: with all that people have; the headless shell knows
 *   no profile, and draws at other costs
 * @returns {string | undefined} its path, or undefined if there is none
 */
export function findBrowser({ isWhole = false } = {}) {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, but there is no such file.`);
  }
  const candidates = [
    ...((!isWhole && shells[process.platform]) || []),
    ...(programs[process.platform] ?? []),
    chromium.executablePath(),
  ];
  return candidates.find((path) => existsSync(path));
}

const hasApt = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

function installBrowser() {
  if (hasApt) {
    console.log('Installing chromium, its headless shell and Chinese fonts with apt-get…');
    const options = {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync(
      'apt-get',
      [
        ...['-o', 'DPkg::Lock::Timeout=400', '-qq', 'install', '-y', '--no-install-recommends'],
        ...['chromium', 'chromium-headless-shell', 'fonts-noto-cjk'],
      ],
      options,
    );
    return;
  }
  console.log("No browser found: downloading Playwright's Chromium…");
  spawnSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const isMissing = !findBrowser({ isWhole: true });
  const isSlow =
    hasApt && !process.env.CHROMIUM_PATH && !shells.linux.some((path) => existsSync(path));
  try {
    if (isMissing || isSlow) installBrowser();
  } catch (error) {
    if (isMissing) throw error;
    console.log(
      `The headless shell could not be installed; continuing without it: ${error.message}`,
    );
  }
  const path = findBrowser();
  if (!path) {
    console.error(
      'The tests need a browser. Install Chromium or Chrome, or set CHROMIUM_PATH to one.',
    );
    process.exit(1);
  }
  console.log(`Browser for the tests: ${path}`);
}
