// Finds a Chromium or Chrome for the tests, or gets one. Run by itself it says what it does.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

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
 * @returns {string | undefined} its path, or undefined if there is none
 */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, but there is no such file.`);
  }
  const candidates = [...(programs[process.platform] ?? []), chromium.executablePath()];
  return candidates.find((path) => existsSync(path));
}

function installBrowser() {
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    console.log('No browser found: installing chromium and Chinese fonts with apt-get …');
    const options = {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync(
      'apt-get',
      [
        ...['-o', 'DPkg::Lock::Timeout=400', '-qq', 'install', '-y', '--no-install-recommends'],
        ...['chromium', 'fonts-noto-cjk'],
      ],
      options,
    );
    return;
  }
  console.log("No browser found: downloading Playwright's Chromium …");
  spawnSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!findBrowser()) installBrowser();
  const path = findBrowser();
  if (!path) {
    console.error(
      'The tests need a browser. Install Chromium or Chrome, or set CHROMIUM_PATH to one.',
    );
    process.exit(1);
  }
  console.log(`Browser for the tests: ${path}`);
}
