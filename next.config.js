const root = import.meta.dirname;

/** @type {import('next').NextConfig} */
export default {
  // For an image: .next/standalone with its own server.js, see Dockerfile.
  output: process.env.BUILD_STANDALONE === '1' ? 'standalone' : undefined,
  poweredByHeader: false,
  reactStrictMode: true,
  // The tests check the types on their own, while the build is not yet needed.
  typescript: { ignoreBuildErrors: process.env.SKIP_TYPE_CHECK === '1' },
  turbopack: {
    root,
    // The messages come parsed (lib/i18n/messages.ts).
    resolveAlias: { 'use-intl/format-message': './lib/i18n/format-message.ts' },
  },
  outputFileTracingRoot: root,
  async headers() {
    return [
      {
        source: '/:path*',
        headers: [
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Referrer-Policy', value: 'no-referrer' },
          { key: 'X-Frame-Options', value: 'DENY' },
          // For crawlers that do not keep to robots.txt, and for addresses that a link has told.
          { key: 'X-Robots-Tag', value: 'noindex, nofollow' },
        ],
      },
    ];
  },
};
