import sharp from 'sharp';
import { expect, test } from 'vitest';
import { locked, open } from './servers';

// Icons, manifest and robots: what browsers, phones and crawlers ask for before anybody signs in.

interface Manifest {
  lang: string;
  name: string;
  short_name: string;
  display: string;
  start_url: string;
  icons: { src: string; sizes: string; type: string; purpose?: string }[];
}

async function get(url: string, type: string): Promise<Buffer> {
  const response = await fetch(url, { redirect: 'manual' });
  expect(response.status, url).toBe(200);
  expect(response.headers.get('content-type'), url).toContain(type);
  expect(response.headers.get('x-robots-tag'), url).toBe('noindex, nofollow');
  return Buffer.from(await response.arrayBuffer());
}

/** The address that a page names in a `link` of this kind. */
function linked(page: string, rel: string, part = ''): string {
  const links = [...page.matchAll(/<link\b[^>]*>/g)].map(([tag]) => tag);
  const link = links.find((tag) => tag.includes(`rel="${rel}"`) && tag.includes(part));
  return /href="([^"]+)"/.exec(link ?? '')?.[1] ?? '';
}

const measured = async (bytes: Buffer) => {
  const { format, width, height, hasAlpha } = await sharp(bytes).metadata();
  return { format, sizes: `${width}x${height}`, hasAlpha };
};

test('a stranger gets icons, manifest and robots in front of the sign-in', async () => {
  for (const { url } of [open, locked]) {
    const page = await (await fetch(`${url}/sign-in`)).text();

    const ico = await get(url + linked(page, 'icon', '.ico'), 'image/');
    const pictures = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
      const entry = 6 + 16 * index;
      const start = ico.readUInt32LE(entry + 12);
      return ico.subarray(start, start + ico.readUInt32LE(entry + 8));
    });
    const sizes = await Promise.all(pictures.map(async (bytes) => (await measured(bytes)).sizes));
    expect(sizes).toEqual(['16x16', '32x32', '48x48']);
    expect((await get(`${url}/favicon.ico`, 'image/')).equals(ico)).toBe(true);

    const svg = await get(url + linked(page, 'icon', '.svg'), 'image/svg+xml');
    expect(svg.toString()).toContain('<svg');
    const apple = await get(url + linked(page, 'apple-touch-icon'), 'image/png');
    expect(await measured(apple)).toMatchObject({ format: 'png', sizes: '180x180' });
    const { isOpaque } = await sharp(apple).stats();
    expect(isOpaque).toBe(true);

    const robots = (await get(`${url}/robots.txt`, 'text/plain')).toString();
    expect(robots).toContain('User-agent: *\nDisallow: /\n');
  }
});

for (const [language, lang, name, shortName] of [
  ['en-GB,en;q=0.9', 'en', 'Turing Playground', 'Playground'],
  ['zh-CN,zh;q=0.9', 'zh-CN', 'Turing 图像工坊', '图像工坊'],
] as const) {
  test(`the manifest of a page in ${lang} has its name and every icon`, async () => {
    const { url } = open;
    const page = await (await fetch(url, { headers: { 'accept-language': language } })).text();
    const text = await get(url + linked(page, 'manifest'), 'application/manifest+json');
    const manifest: Manifest = JSON.parse(text.toString());
    expect(manifest).toMatchObject({ lang, name, short_name: shortName });
    expect(manifest).toMatchObject({ display: 'standalone', start_url: '/' });
    const kinds = manifest.icons.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`);
    expect(kinds.sort()).toEqual([
      '192x192 any',
      '192x192 maskable',
      '512x512 any',
      '512x512 maskable',
    ]);
    for (const { src, type, sizes, purpose } of manifest.icons) {
      const bytes = await get(url + src, type);
      expect(await measured(bytes)).toMatchObject({ format: 'png', sizes });
      const { isOpaque } = await sharp(bytes).stats();
      expect(isOpaque, src).toBe(purpose === 'maskable');
    }
  });
}
