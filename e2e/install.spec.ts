import { expect, test } from '@playwright/test';

// What is needed to install the app; its icons and manifest: e2e/api/install.test.ts.

test('the browser finds nothing that keeps it from installing the app', async ({
  page,
  baseURL,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/content.security.policy|manifest/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto('/');
  const devtools = await page.context().newCDPSession(page);
  const { url, errors, data } = await devtools.send('Page.getAppManifest');
  expect(url).toBe(`${baseURL}/manifest.en.webmanifest`);
  expect(errors).toEqual([]);
  expect(data).toContain('Turing Playground');
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  expect(complaints).toEqual([]);
});
